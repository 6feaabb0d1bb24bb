"""The page of a product: its parts in their order, and as many queries for any of them."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from checkout.models import ShippingMethod
from home.models import StoryIndexPage, StoryPage
from home.related import stories_showing
from orders.models import OrderLine
from orders.status import OrderStatus
from products.models import ProductPage, ProductPagePicture
from tests.factories import make_image, make_order, make_product_page, make_variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "empty_cache", "indexes")]


def make_story(title: str, shown: ProductPage, *, live: bool = True) -> StoryPage:
    body = [("product_card", {"product": shown, "note": "", "when_gone": "badge"})]
    story = StoryPage(title=title, body=body, live=live)
    StoryIndexPage.objects.get().add_child(instance=story)
    if live:
        story.save_revision().publish()
    return story


def add_pictures(page: ProductPage, number: int) -> None:
    for place in range(number):
        ProductPagePicture.objects.create(
            page=page, image=make_image(f"Side {place}"), alt_text="A side", sort_order=place
        )


def sell_together(page: ProductPage, number: int) -> None:
    variant = page.product.variants.first()
    for place in range(number):
        other = make_product_page(f"Other {place}", sku=f"OTHER-{place}").product.variants.get()
        order = make_order(variant=variant, status=OrderStatus.PAID)
        OrderLine.objects.create(
            order=order, variant=other, sku=other.sku, title=other.sku, quantity=1,
            unit_price=1, line_total=1, line_tax=0,
        )  # fmt: skip


def soup_of(page: ProductPage) -> BeautifulSoup:
    response = Client().get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def queries_of(page: ProductPage) -> int:
    Client().get(page.url)  # Makes renditions, and fills what is kept for a while.
    with CaptureQueriesContext(connection) as captured:
        Client().get(page.url)
    return len(captured)


def test_the_parts_stand_in_the_order_of_a_decision() -> None:
    page = make_product_page("Pot", sku="POT", picture=True)
    page.product.variants.update(weight_grams=900)
    ShippingMethod.objects.create(name="Parcel", price="4.90")
    make_story("A long evening", page)
    sell_together(page, 2)
    page.body = [("text", {"text": "<h2>Why</h2><p>Because.</p>"})]
    page.save_revision().publish()
    headings = [one.text.strip() for one in soup_of(page).select("main h1, main h2")]
    assert headings == [
        "Pot", "Why", "Details", "Delivery and returns", "In our stories",
        "Bought together with this",
    ]  # fmt: skip


def test_each_picture_leads_to_its_large_form() -> None:
    page = make_product_page("Pot", sku="POT")
    add_pictures(page, 2)
    links = soup_of(page).select("picture-lightbox a[data-large]")
    assert [(link["data-width"], link["data-height"]) for link in links] == [("60", "75")] * 2
    assert all(link["href"].endswith(".webp") for link in links)
    assert [link.img["alt"] for link in links] == ["A side", "A side"]


def test_only_stories_that_everybody_may_read_are_named_newest_first() -> None:
    page = make_product_page("Pot", sku="POT")
    other = make_product_page("Cup", sku="CUP")
    make_story("First", page)
    make_story("Draft", page, live=False)
    make_story("About a cup", other)
    private = make_story("Private", page)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_story("Second", page)
    assert [story.title for story in stories_showing(page)] == ["Second", "First"]
    assert [one.text for one in soup_of(page).select(".story-card__link")] == ["Second", "First"]


def test_a_story_that_shows_it_no_more_is_not_named() -> None:
    page = make_product_page("Pot", sku="POT")
    story = make_story("First", page)
    story.body = []
    story.save_revision()
    assert [one.title for one in stories_showing(page)] == ["First"]  # Only a draft without it.
    story.save_revision().publish()
    assert stories_showing(page) == []
    assert stories_showing(ProductPage(title="New")) == []


def test_a_full_page_costs_as_many_queries_as_one_with_one_of_each() -> None:
    page = make_product_page("Pot", sku="POT")
    page.product.option1_name = "Size"
    page.product.save()
    page.product.variants.update(option1="S")
    add_pictures(page, 1)
    make_story("One", page)
    sell_together(page, 1)
    ShippingMethod.objects.create(name="Parcel", price="4.90")
    few = queries_of(page)
    for size in ("M", "L", "XL"):
        make_variant(page.product, options=(size,))
    add_pictures(page, 5)
    make_story("Two", page)
    make_story("Three", page)
    ShippingMethod.objects.create(name="Express", price=Decimal("12.90"))
    assert queries_of(page) == few
    assert few <= 40
