"""From a story to the report of what it sold: what a shopper adds there, pays and gives back."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.granting import create_roles
from home.models import StoryPage
from home.roles import SHOP_STAFF
from orders.models import Order
from tests.factories import make_product_page, make_user
from tests.flows.shopper import SAME_ORIGIN, Shopper
from tests.orders.desk import page_of
from tests.orders.report_pages import table, text
from tests.products.contents import basket, buy_box, make_story

REPORT = "sold-by-stories"
BOX = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"
BASKET = "5d1e7c1a-8a35-4b5c-9f5e-2f5f0f0e7a10"


@pytest.fixture
def clerk() -> Client:
    create_roles()
    client = Client()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


@pytest.fixture
def story(shopper: Shopper) -> StoryPage:
    mug = make_product_page("Mug", sku="MUG", price="24", on_hand=9)
    bowl = make_product_page("Bowl", sku="BOWL", price="30", on_hand=9)
    return make_story(
        "Slow mornings", buy_box(mug.pk, block_id=BOX),
        basket(bowl.pk, block_id=BASKET, heading="For two"),
    )  # fmt: skip


def add_all(client: Client, story: StoryPage, **changes: str) -> None:
    """Sends each form of the story as the page has it, with these changes."""
    html = BeautifulSoup(client.get(story.url).content, "html.parser")
    for form in html.select('form[action^="/cart/add"]'):
        sent = {field["name"]: field["value"] for field in form.select("input[value]")}
        assert client.post(form["action"], sent | changes, **SAME_ORIGIN).status_code == 302


def pay(shopper: Shopper) -> Order:
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    shopper.deliver()
    order.refresh_from_db()
    return order


def rows(client: Client, name: str = REPORT) -> list[tuple[str, str, str]]:
    """Name, revenue and what is left of it."""
    return [(row[0], row[-4], row[-1]) for row in table(client, name, type="")[1:-1]]


def test_what_is_bought_in_a_story_is_sold_by_it_until_it_is_given_back(
    shopper: Shopper, clerk: Client, story: StoryPage
) -> None:
    add_all(shopper.client, story)
    assert set(shopper.client.cookies) <= {"sessionid", "cart_count", "messages"}
    order, session_id = shopper.check_out()
    assert "No page sold anything" in text(clerk, REPORT)
    shopper.sandbox.pay(session_id)
    shopper.deliver()
    assert {
        (line.sku, line.source_page_id, line.source_revision_id, str(line.source_block_id))
        for line in order.lines.all()
    } == {
        ("MUG", story.pk, story.live_revision_id, BOX),
        ("BOWL", story.pk, story.live_revision_id, BASKET),
    }
    assert rows(clerk) == [("Slow mornings", "€54.00", "€54.00")]

    bowl = order.lines.get(sku="BOWL")
    form = {"submission": uuid.uuid4(), f"waiting_{bowl.pk}": "1", "confirmed": "30.00"}
    assert clerk.post(page_of(order, "refund"), form).status_code == 302
    assert rows(clerk) == [("Slow mornings", "€54.00", "€24.00")]
    blocks = f"{REPORT}/{story.pk}"
    assert rows(clerk, blocks) == [
        ("Buy box: Mug", "€24.00", "€24.00"), ("Story basket: For two", "€30.00", "€0.00"),
    ]  # fmt: skip

    story.delete()
    assert rows(clerk) == [("Slow mornings", "€54.00", "€24.00")]
    assert rows(clerk, blocks) == [
        ("A removed block", "€24.00", "€24.00"), ("A removed block", "€30.00", "€0.00"),
    ]  # fmt: skip


def test_a_story_that_is_deleted_before_the_order_is_placed_sold_it_all_the_same(
    shopper: Shopper, clerk: Client, story: StoryPage
) -> None:
    add_all(shopper.client, story)
    story.delete()
    pay(shopper)
    assert rows(clerk) == [("Slow mornings", "€54.00", "€54.00")]


def test_forged_places_are_not_in_the_report(
    shopper: Shopper, clerk: Client, story: StoryPage
) -> None:
    add_all(shopper.client, story, page="77777")
    order = pay(shopper)
    assert [line.source for line in order.lines.all()] == [None, None]
    assert rows(clerk) == [("Not known", "€54.00", "€54.00")]


def test_an_order_that_is_canceled_takes_all_of_it_off(
    shopper: Shopper, clerk: Client, story: StoryPage
) -> None:
    add_all(shopper.client, story)
    order = pay(shopper)
    clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()})
    assert rows(clerk) == [("Slow mornings", "€54.00", "€0.00")]
