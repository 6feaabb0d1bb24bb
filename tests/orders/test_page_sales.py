"""What pages and their blocks have sold: what counts, what it is called, in how many queries."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision

from home.models import HomePage, StoryPage
from orders import refunds
from orders.models import OrderLine
from orders.reports.block_sales import sales_by_block
from orders.reports.goods import sold_goods
from orders.reports.page_sales import sales_by_page
from orders.reports.sales import sales_by_day
from orders.status import OrderStatus
from shopsite.cms.reports.days import Days
from tests.factories import make_order, make_product_page, make_section
from tests.orders.refunding import piece
from tests.orders.reporting import JULY, NOON, give_back, sell, sell_from
from tests.orders.stripe_double import ProviderDouble
from tests.products.contents import basket, buy_box, card, make_landing, make_story, section

pytestmark = pytest.mark.django_db

MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)
BOX = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"
BASKET = "5d1e7c1a-8a35-4b5c-9f5e-2f5f0f0e7a10"
INNER = "77a7c3e2-14c1-4a35-8d6e-0d6b8a1f2c33"
EVER = Days(None, None)


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)


@pytest.fixture
def story(site: HomePage) -> StoryPage:
    page = make_product_page("Speckled Mug", sku="M-1")
    return make_story(
        "Slow mornings",
        card(page.pk), buy_box(page.pk, block_id=BOX),
        basket(page.pk, block_id=BASKET, heading="For two"),
    )  # fmt: skip


def pages(days: Days = JULY) -> list[tuple]:
    return [
        (row.name, row.kind, row.orders, row.pieces, str(row.revenue), row.refunded_pieces,
         str(row.refunded), str(row.kept))
        for row in sales_by_page(days)
    ]  # fmt: skip


def blocks(page: Page, days: Days = JULY) -> list[tuple[str, bool, int, str]]:
    return [
        (row.name, row.is_there, row.pieces, str(row.kept)) for row in sales_by_block(days, page.pk)
    ]


# --- Pages -------------------------------------------------------------------------------------


def test_what_brought_most_stands_first_and_what_nobody_knows_last(story: StoryPage) -> None:
    sale = make_landing("Sale")
    sell_from(story, TEA)
    sell_from(story, TEA, shipping="0")
    sell_from(sale, MUG)
    sell(("Bowl", 9, "50.00", 19))
    assert pages() == [
        ("Sale", "Landing page", 1, 4, "€96.00", 0, "€0.00", "€96.00"),
        ("Slow mornings", "Story", 2, 6, "€64.20", 0, "€0.00", "€64.20"),
        ("Not known", "", 1, 9, "€450.00", 0, "€0.00", "€450.00"),
    ]


def test_an_order_of_two_pages_is_an_order_of_both(story: StoryPage) -> None:
    order = sell_from(story, MUG, TEA)
    sale = make_landing("Sale")
    order.lines.filter(sku="TEA").update(source_page_id=sale.pk)
    assert [row[:5] for row in pages()] == [
        ("Slow mornings", "Story", 1, 4, "€96.00"), ("Sale", "Landing page", 1, 3, "€32.10"),
    ]  # fmt: skip


def test_a_refunded_piece_is_taken_off_on_the_day_of_its_refund(story: StoryPage) -> None:
    order = sell_from(story, MUG, TEA)
    later = NOON + timedelta(days=40)
    give_back(order, piece(order, "MUG", 1), shipping="4.90", at=later)
    give_back(order, other="5.00", at=later)
    assert pages() == [("Slow mornings", "Story", 1, 7, "€128.10", 0, "€0.00", "€128.10")]
    day = Days(later.date(), later.date())
    assert pages(day) == [("Slow mornings", "Story", 0, 0, "€0.00", 1, "€24.00", "-€24.00")]
    assert pages(EVER) == [("Slow mornings", "Story", 1, 7, "€128.10", 1, "€24.00", "€104.10")]


def test_only_what_was_invoiced_is_sold(story: StoryPage) -> None:
    for status in OrderStatus:
        make_order(status=status).lines.update(source_page_id=story.pk)
    assert pages(EVER) == []


def test_each_currency_has_a_line_of_its_own(story: StoryPage) -> None:
    sell_from(story, MUG)
    sell_from(story, MUG, currency="USD")
    assert [(row[0], row[4]) for row in pages()] == [
        ("Slow mornings", "€96.00"), ("Slow mornings", "$96.00"),
    ]  # fmt: skip


def test_all_pages_together_are_all_goods(story: StoryPage) -> None:
    sell_from(story, MUG)
    sell(TEA, shipping="0")
    [day] = sales_by_day(JULY)
    assert (
        sum(row.revenue.amount for row in sales_by_page(JULY))
        == (day.revenue - day.shipping).amount
    )
    assert [goods.revenue.amount for goods in sold_goods(JULY, lambda prefix: {})] == [
        (day.revenue - day.shipping).amount
    ]


def test_a_deleted_page_has_its_last_name(story: StoryPage) -> None:
    sell_from(story, TEA)
    story.title = "Slower mornings"
    story.save_revision().publish()
    assert pages()[0][0] == "Slower mornings"
    sell_from(story, TEA)
    blocks_before = [row[2:] for row in blocks(story)]
    pk = story.pk
    story.delete()
    assert pages()[0][:4] == ("Slower mornings", "Deleted page", 2, 6)
    story.pk = pk
    assert [row[2:] for row in blocks(story)] == blocks_before
    sell_from(Page(pk=77777, title=""), TEA)
    assert pages()[1][:2] == ("Deleted page", "Deleted page")


def test_lines_of_before_get_the_title_that_their_page_has_now(story: StoryPage) -> None:
    sell_from(story, TEA)
    sell_from(Page(pk=77777, title="Gone"), TEA)
    sell(TEA)
    OrderLine.objects.update(source_page_title="")
    migration = import_module("orders.migrations.0023_line_sources")
    migration.name_pages(apps, None)
    titles = OrderLine.objects.order_by("pk").values_list("source_page_title", flat=True)
    assert list(titles) == ["Slow mornings", "", ""]


# --- Blocks ------------------------------------------------------------------------------------


def test_blocks_are_called_by_their_kind_with_heading_or_product(story: StoryPage) -> None:
    sell_from(story, MUG, block_id=BASKET)
    sell_from(story, TEA, block_id=BOX)
    sell_from(story, ("Bowl", 1, "1.00", 19))
    assert blocks(story) == [
        ("Story basket: For two", True, 4, "€96.00"),
        ("Buy box: Speckled Mug", True, 3, "€32.10"),
        ("The page itself", True, 1, "€1.00"),
    ]


def test_one_without_either_is_called_by_its_place(story: StoryPage) -> None:
    page = make_landing("Sale", card(1), basket(1, block_id=BASKET, heading=""))
    sell_from(page, MUG, block_id=BASKET)
    assert blocks(page) == [("Story basket, block 2", True, 4, "€96.00")]


def test_a_block_of_a_section_names_the_section(story: StoryPage) -> None:
    shared = make_section("Why 100 % tea", body=[("quote", {"quote": "So good."})])
    shared.body = shared.body.stream_block.to_python([basket(1, block_id=INNER)])
    shared.save()
    page = make_landing("Sale", section(shared.pk))
    sell_from(page, MUG, block_id=INNER)
    name = "Story basket: All of it, in the section “Why 100 % tea”"
    assert blocks(page) == [(name, True, 4, "€96.00")]


def test_a_removed_block_is_called_as_in_the_version_it_sold_in(story: StoryPage) -> None:
    sell_from(story, MUG, block_id=BOX)
    sell_from(story, TEA, block_id=BASKET)
    sell_from(story, ("Bowl", 1, "1.00", 19), block_id=INNER)
    read = story.live_revision
    story.body = [("text", {"text": "<p>Words.</p>"})]
    story.save_revision().publish()
    assert blocks(story) == [
        ("Buy box: Speckled Mug (removed)", False, 4, "€96.00"),
        ("Story basket: For two (removed)", False, 3, "€32.10"),
        ("A removed block", False, 1, "€1.00"),
    ]
    Revision.objects.filter(pk=read.pk).delete()
    assert {row[0] for row in blocks(story)} == {"A removed block"}


def test_a_refund_is_taken_off_its_block(story: StoryPage) -> None:
    order = sell_from(story, MUG, block_id=BOX)
    sell_from(story, MUG, block_id=BASKET)
    give_back(order, piece(order, "MUG", 4))
    assert [(row[0], row[3]) for row in blocks(story)] == [
        ("Story basket: For two", "€96.00"), ("Buy box: Speckled Mug", "€0.00"),
    ]  # fmt: skip


# --- Queries -----------------------------------------------------------------------------------


def test_forty_pages_and_blocks_cost_as_many_queries_as_two(story: StoryPage) -> None:
    shared = make_section(body=[])

    def sell_some(numbers: range) -> None:
        for number in numbers:
            kept, removed = str(UUID(int=number + 1)), str(UUID(int=number + 1000))
            more = [
                buy_box(1, block_id=kept), buy_box(1, block_id=removed),
                section(shared.pk, block_id=f"section-{number}"),
            ]  # fmt: skip
            story.body = story.body.stream_block.to_python([*story.body.get_prep_value(), *more])
            story.save_revision(clean=False).publish()
            story.refresh_from_db()
            for block_id in (kept, removed):
                sell_from(story, TEA, block_id=block_id)
            sell_from(make_landing(f"Sale {number}"), TEA)
            order = sell_from(Page(pk=number + 10_000, title="Gone"), TEA)
            if number % 5 == 0:
                give_back(order, piece(order, "TEA", 1))
            left = [one for one in story.body.get_prep_value() if one["id"] != removed]
            story.body = story.body.stream_block.to_python(left)
        story.save_revision(clean=False).publish()

    sell_some(range(2))
    before = count_queries(story)
    sell_some(range(2, 40))
    assert len(sales_by_page(JULY)) == 81
    rows = sales_by_block(JULY, story.pk)
    assert [row.name.endswith("(removed)") for row in rows].count(True) == 40
    assert len(rows) == 80
    assert count_queries(story) == before == [4, 9]


def count_queries(story: StoryPage) -> list[int]:
    counts = []
    for ask in (lambda: sales_by_page(JULY), lambda: sales_by_block(JULY, story.pk)):
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts.append(len(queries))
    return counts
