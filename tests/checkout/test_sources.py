"""Every form that adds to the cart says where it stands, and only what is true of it is kept."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Revision

from checkout.cart import Cart, CartLine
from checkout.source import restore_source, store_source
from home.models import HomePage, StoryPage
from orders.models import OrderLine
from orders.sources import LineSource
from products.models import ProductPage
from tests.factories import make_order, make_product_page, make_section
from tests.products.contents import basket, buy_box, card, make_landing, make_story, section

pytestmark = pytest.mark.django_db

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BOX = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"
BASKET = "5d1e7c1a-8a35-4b5c-9f5e-2f5f0f0e7a10"
INNER = "77a7c3e2-14c1-4a35-8d6e-0d6b8a1f2c33"
NOWHERE = "f0f0f0f0-14c1-4a35-8d6e-0d6b8a1f2c33"


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", on_hand=9)


@pytest.fixture
def story(mug: ProductPage) -> StoryPage:
    blocks = (card(mug.pk), buy_box(mug.pk, block_id=BOX), basket(mug.pk, block_id=BASKET))
    return make_story("Slow mornings", *blocks)


def forms_of(page: Page) -> list[tuple[str, dict[str, str]]]:
    """Where each form of the page that adds to the cart goes, and what it hides."""
    soup = BeautifulSoup(Client().get(page.url).content, "html.parser")
    return [
        (form["action"], {field["name"]: field["value"] for field in form.select("[type=hidden]")})
        for form in soup.select('form[action^="/cart/add"]')
    ]


def add(client: Client, **source: object) -> LineSource | None:
    client.post("/cart/add/", {"sku": "MUG", "quantity": 1, **source}, **SAME_ORIGIN)
    return source_in(client)


def source_in(client: Client, sku: str = "MUG") -> LineSource | None:
    return restore_source(client.session["cart"]["lines"][sku]["source"])


# --- What the forms say ------------------------------------------------------------------------


def test_each_form_of_a_story_names_page_version_and_block(story: StoryPage) -> None:
    place = {"page": str(story.pk), "revision": str(story.live_revision_id)}
    assert forms_of(story) == [
        ("/cart/add/", {**place, "block": BOX, "sku": "MUG"}),
        ("/cart/add-many/", {**place, "block": BASKET, "line": "1", "sku-1": "MUG"}),
    ]


def test_the_form_of_a_products_page_names_the_page_alone(mug: ProductPage) -> None:
    mug.save_revision().publish()
    mug.refresh_from_db()
    place = {"page": str(mug.pk), "revision": str(mug.live_revision_id)}
    assert forms_of(mug) == [("/cart/add/", {**place, "sku": "MUG"})]


def test_a_block_of_a_section_is_of_the_page_that_shows_it(
    client: Client, mug: ProductPage
) -> None:
    shared = make_section("Why us", body=[("buy_box", {"product": mug, "note": ""})])
    page = make_landing("Sale", section(shared.pk, block_id=BASKET))
    [(_address, sent)] = forms_of(page)
    inner = sent["block"]
    assert inner not in ("", BASKET)
    assert add(client, **sent) == LineSource(page.pk, "Sale", page.live_revision_id, inner)
    assert source_in(client).block_id == shared.body[0].id


def test_no_template_has_a_form_that_says_nothing() -> None:
    templates = {path.name: path.read_text() for path in Path("templates").rglob("*.html")}
    adding = {name: text for name, text in templates.items() if "url 'cart-add" in text}
    assert set(adding) == {"add_to_cart.html", "story_basket_block.html"}
    for name, text in adding.items():
        assert text.count("url 'cart-add") == text.count("products/source_fields.html"), name


def test_the_forms_work_as_they_are(client: Client, story: StoryPage) -> None:
    for (address, sent), block in zip(forms_of(story), (BOX, BASKET), strict=True):
        client.post(address, sent, **SAME_ORIGIN)
        expected = LineSource(story.pk, "Slow mornings", story.live_revision_id, block)
        assert source_in(client) == expected


# --- What is true of it ------------------------------------------------------------------------


def test_what_was_read_sold_it_and_not_what_was_published_since(
    client: Client, story: StoryPage, mug: ProductPage
) -> None:
    [(_address, sent), _basket] = forms_of(story)
    read = story.live_revision_id
    story.body = [("buy_box", {"product": mug, "note": "Another."})]
    story.save_revision().publish()
    assert add(client, **sent) == LineSource(story.pk, "Slow mornings", read, BOX)


def test_without_a_version_it_is_the_live_one(client: Client, story: StoryPage) -> None:
    live = story.live_revision_id
    for revision in (
        "",
        "abc",
        "0",
        "99999999999",
        str(ProductPage.objects.get().live_revision_id),
    ):
        source = add(client, page=story.pk, revision=revision, block=BOX)
        assert source == LineSource(story.pk, "Slow mornings", live, BOX)


@pytest.mark.parametrize("page", ["", "0", "77777", "99999999999", "abc", "-1", "1e3", "\x00"])
def test_a_page_that_there_is_not_sold_nothing(client: Client, story: StoryPage, page: str) -> None:
    assert add(client, page=page, revision=story.live_revision_id, block=BOX) is None
    assert client.session["cart"]["lines"]["MUG"]["quantity"] == 1


def test_a_page_that_is_not_live_sold_nothing(client: Client, story: StoryPage) -> None:
    story.unpublish()
    assert add(client, page=story.pk, block=BOX) is None


@pytest.mark.parametrize("block", ["", NOWHERE, "card", "abc", "\x00", INNER])
def test_a_block_that_the_page_does_not_show_leaves_the_page(
    client: Client, story: StoryPage, mug: ProductPage, block: str
) -> None:
    make_story("Another", buy_box(mug.pk, block_id=INNER))
    source = add(client, page=story.pk, block=block)
    assert source == LineSource(story.pk, "Slow mornings", story.live_revision_id)


def test_a_page_that_was_made_without_versions_has_none(client: Client, story: StoryPage) -> None:
    Revision.objects.for_instance(story).delete()
    assert add(client, page=story.pk, revision="1", block=BOX) == LineSource(
        story.pk, "Slow mornings", None, BOX
    )


def test_a_session_of_another_version_of_the_shop_names_no_place(
    client: Client, story: StoryPage
) -> None:
    known = LineSource(1, "Slow mornings", 2, BOX)
    assert restore_source(store_source(known)) == known
    for stored in (None, 7, [], {}, {"page_id": 1}, {**vars(known), "more": 1}):
        assert restore_source(stored) is None


def test_forty_blocks_cost_as_many_queries_as_two(client: Client, mug: ProductPage) -> None:
    def count(number: int) -> int:
        shared = make_section(body=[("buy_box", {"product": mug, "note": ""})] * number)
        boxes = [buy_box(mug.pk, block_id=f"{BOX[:-2]}{one:02}") for one in range(number)]
        sections = [section(shared.pk, block_id=f"section-{one}") for one in range(number)]
        page = make_story(f"Story {number}", *boxes, *sections)
        sent = {"page": page.pk, "revision": page.live_revision_id, "block": boxes[-1]["id"]}
        with CaptureQueriesContext(connection) as queries:
            assert add(Client(), **sent).block_id == boxes[-1]["id"]
        return len(queries)

    assert count(2) == count(40)


# --- One line, several places ------------------------------------------------------------------


def test_a_line_is_sold_by_the_last_known_place_that_added_to_it() -> None:
    first, last = LineSource(1, "First"), LineSource(2, "Last")
    cart = Cart()
    for source, quantity, of in (
        (None, 1, None), (first, 1, first), (None, 1, first), (last, 1, last),
        (first, 5, last),  # There is no more of it: nothing was added.
    ):  # fmt: skip
        cart.add(CartLine("MUG", quantity, source=source), at_most=4)
        assert cart.lines["MUG"].source == of
    cart.set_quantity("MUG", 2)
    assert cart.lines["MUG"].source == last


def test_what_is_ordered_again_is_sold_by_what_sold_it_then(
    client: Client, story: StoryPage, mug: ProductPage
) -> None:
    order = make_order(variant=mug.product.variants.get(), status="expired")
    OrderLine.objects.update(
        source_page_id=story.pk, source_page_title="Slow mornings", source_revision_id=5,
        source_block_id=BOX,
    )  # fmt: skip
    client.post(reverse("order-again", args=[order.token]), **SAME_ORIGIN)
    assert source_in(client) == LineSource(story.pk, "Slow mornings", 5, BOX)
