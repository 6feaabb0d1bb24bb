"""Nobody is given a cookie before they put something into the cart or choose something."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage, StoryIndexPage, StoryPage
from tests.factories import make_collection, make_contact_form, make_product_page

NOT_LISTED = (
    *("/search/?q=mug", "/cart/", "/cart/drawer/", "/checkout/", "/newsletter/"),
    *("/orders/find/", "/account/log-in/", "/account/", "/robots.txt", "/nowhere/"),
    *("/feeds/products.xml", "/feeds/stories.xml", "/favicon.ico"),
)


@pytest.fixture
def addresses(site: HomePage, empty_cache: None) -> list[str]:
    """All that the sitemap of a small site lists, and what it does not."""
    product = make_product_page("Mug", sku="MUG", picture=True)
    make_collection(picks=[product])
    story = StoryPage(title="Why", slug="why", summary="Because.")
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision().publish()
    sitemap = Client().get("/sitemap.xml").content.decode()
    listed = re.findall(r"<loc>http://testserver([^<]*)</loc>", sitemap)
    assert {"/", "/shop/", "/shop/mug/", "/stories/why/"} <= set(listed)
    return [*listed, *NOT_LISTED, reverse("form-page", args=[make_contact_form().pk])]


def test_no_page_of_the_site_sets_a_cookie(addresses: list[str], client: Client) -> None:
    given = {address: client.get(address).cookies for address in addresses}

    assert {address for address, cookies in given.items() if cookies} == set()
    assert not client.cookies


def test_the_cart_is_the_first_to_need_one(addresses: list[str], client: Client) -> None:
    client.post("/cart/add/", {"sku": "MUG", "quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")

    assert set(client.cookies) == {"sessionid", "cart_count", "messages"}
