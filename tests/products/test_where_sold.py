"""Where a product is shown: live, in a draft that waits, in a text, in a list of its own."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ReferenceIndex

from home.models import HomePage, LandingIndexPage
from products.models import ProductPage
from products.where_sold import where_sold
from tests.factories import make_product_page, make_user
from tests.products.contents import (
    call_to_action,
    card,
    grid,
    make_landing,
    make_story,
    save_draft,
    text_with_link,
)
from tests.products.editor import edit_url
from tests.products.makers import make_person

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG-1")


def found(mug: ProductPage) -> list[tuple[str, str, str, list[str]]]:
    return [
        (place.kind, str(place.instance), place.state, [use.label for use in place.uses])
        for place in where_sold(mug.product)
    ]


def test_blocks_lists_texts_and_buttons_are_found_with_their_names(mug: ProductPage) -> None:
    other = make_product_page("Kettle")
    make_story("Tea", card(mug.pk), grid(other.pk, mug.pk))
    make_landing("Summer", text_with_link(mug.pk), call_to_action(mug.pk))
    make_landing("Winter", card(other.pk))
    assert found(mug) == [
        ("Landing page", "Summer", "live", ["Content → Call to action", "Content → Text"]),
        ("Story", "Tea", "live", ["Story → Product card", "Story → Product grid"]),
    ]


def test_its_own_page_and_a_redirect_are_no_places(mug: ProductPage) -> None:
    Redirect.add_redirect("/old-mug", redirect_to=mug)
    assert ReferenceIndex.get_references_to(mug.product).exists()
    assert found(mug) == []


def test_live_and_draft_are_told_apart(mug: ProductPage) -> None:
    make_landing("A draft", card(mug.pk), live=False)
    coming = make_landing("Coming", text_with_link(make_product_page("Kettle").pk))
    save_draft(coming, card(mug.pk))
    going = make_landing("Going", card(mug.pk))
    save_draft(going, text_with_link(coming.pk))
    staying = make_landing("Staying", card(mug.pk))
    save_draft(staying, grid(mug.pk))
    assert [place[1:] for place in found(mug)] == [
        ("Going", "leaving", ["Content → Product card"]),
        ("Staying", "live", ["Content → Product grid"]),
        ("A draft", "draft", ["Content → Product card"]),
        ("Coming", "draft", ["Content → Product card"]),
    ]


def test_it_follows_when_content_changes(mug: ProductPage) -> None:
    page = make_landing("Summer", card(mug.pk))
    assert [place[1] for place in found(mug)] == ["Summer"]
    save_draft(page, text_with_link(page.pk))
    type(page).objects.get(pk=page.pk).get_latest_revision().publish()
    assert found(mug) == []
    save_draft(page, card(mug.pk))
    type(page).objects.get(pk=page.pk).get_latest_revision().publish()
    assert [place[1] for place in found(mug)] == ["Summer"]
    type(page).objects.get(pk=page.pk).delete()
    assert found(mug) == []


@pytest.mark.parametrize("count", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_places(
    count: int, mug: ProductPage, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        page = make_landing(f"Page {number}", card(mug.pk))
        if number % 2:
            save_draft(page, grid(mug.pk))
    where_sold(mug.product)  # Content types are asked for once in a process.
    with django_assert_num_queries(5):
        assert len(where_sold(mug.product)) == count


# --- In the admin -------------------------------------------------------------------------------


def product_form(client: Client, mug: ProductPage) -> BeautifulSoup:
    html = client.get(f"/admin/products/edit/{mug.product_id}/").content.decode()
    return BeautifulSoup(html, "html.parser").find(id="panel-where_it_is_sold-section")


def side_panel(client: Client, mug: ProductPage) -> BeautifulSoup:
    html = client.get(edit_url(mug)).content.decode()
    return BeautifulSoup(html, "html.parser").select_one('[data-side-panel="where-sold"]')


def links_of(panel: BeautifulSoup) -> list[str]:
    return [a["href"] for a in panel.select("li a, td a")]


def test_who_may_write_there_is_led_to_the_block_and_to_the_swap(
    client: Client, mug: ProductPage
) -> None:
    page = make_landing("Summer", card(mug.pk))
    client.force_login(make_user("anna", is_superuser=True))
    swap = f"/admin/swap/home/landingpage/{page.pk}/?product={mug.pk}&next="
    block = f"/admin/pages/{page.pk}/edit/#:w:contentpath=body.card.product"
    form = f"/admin/products/edit/{mug.product_id}/".replace("/", "%2F")
    assert links_of(product_form(client, mug)) == [block, swap + form]
    beside = f"/admin/pages/{mug.pk}/edit/".replace("/", "%2F")
    assert links_of(side_panel(client, mug)) == [block, swap + beside]


def test_a_text_that_links_to_it_offers_the_swap_as_well(client: Client, mug: ProductPage) -> None:
    page = make_landing("Summer", text_with_link(mug.pk))
    client.force_login(make_user("anna", is_superuser=True))
    beside = f"/admin/pages/{mug.pk}/edit/".replace("/", "%2F")
    assert links_of(side_panel(client, mug)) == [
        f"/admin/pages/{page.pk}/edit/#:w:contentpath=body.text.text",
        f"/admin/swap/home/landingpage/{page.pk}/?product={mug.pk}&next={beside}",
    ]


def test_who_may_not_write_there_sees_the_names_of_live_places_and_no_drafts(
    client: Client, mug: ProductPage
) -> None:
    make_landing("Summer", card(mug.pk))
    make_landing("Secret", card(mug.pk), live=False)
    client.force_login(make_person("stan", "change_product"))
    panel = product_form(client, mug)
    assert "Summer" in panel.get_text()
    assert "Secret" not in panel.get_text()
    assert "A draft you may not open" in panel.get_text()
    assert links_of(panel) == []


def test_a_marketer_is_offered_the_swap_in_their_branch_only(
    client: Client, mug: ProductPage
) -> None:
    page = make_landing("Summer", card(mug.pk))
    make_story("Tea", card(mug.pk))
    campaigns = LandingIndexPage.objects.get()
    client.force_login(make_person("mark", "change_product", page=campaigns, publish=True))
    links = links_of(product_form(client, mug))
    assert len(links) == 2
    assert all(f"/{page.pk}/" in link for link in links)


def test_a_product_nobody_shows_says_so(client: Client, mug: ProductPage) -> None:
    client.force_login(make_user("anna", is_superuser=True))
    assert "No story, landing page, menu or section shows it yet." in product_form(
        client, mug
    ).get_text(" ", strip=True)
