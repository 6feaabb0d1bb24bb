"""Sales by day, refunds and best sellers: what was counted, on which day, in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.granting import create_roles
from home.models import HomePage
from home.roles import EDITORS
from orders import refunds
from orders.models import Refund
from orders.money_back import RefundState
from orders.refund_records import record_refund
from orders.reports.best_sellers import best_sellers, with_page_urls
from orders.reports.refunds import given_back, refund_rows, refunds_of
from orders.reports.sales import sales_by_day
from orders.status import OrderStatus
from products.models import Product
from shopsite.cms.reports.days import Days, last_days, shop_today, this_month
from tests.factories import make_order, make_product, make_product_page, make_user
from tests.orders.desk import pay
from tests.orders.refunding import euros, piece
from tests.orders.reporting import JULY, NOON, give_back, sell
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db

MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    return double


def told(days: Days = JULY) -> list[tuple]:
    return [
        (
            str(row.day), row.orders, row.pieces, str(row.revenue), str(row.tax),
            str(row.shipping), str(row.refunded), str(row.kept),
        )
        for row in sales_by_day(days)
    ]  # fmt: skip


# --- Sales by day ------------------------------------------------------------------------------


def test_a_day_holds_what_was_invoiced_and_what_was_given_back_on_it() -> None:
    order = sell(MUG, TEA)
    sell(TEA, shipping="0")
    give_back(order, piece(order, "MUG", 1), at=NOON + timedelta(days=1))
    assert told() == [
        ("2026-07-15", 2, 10, "€165.10", "€20.31", "€4.90", "€0.00", "€165.10"),
        ("2026-07-16", 0, 0, "€0.00", "€0.00", "€0.00", "€24.00", "-€24.00"),
    ]


def test_only_what_was_invoiced_is_a_sale() -> None:
    for status in OrderStatus:
        make_order(status=status)
    assert sales_by_day(Days(None, None)) == []


def test_each_currency_has_a_line_of_its_own() -> None:
    sell(MUG)
    sell(MUG, currency="USD")
    assert [(row.currency, str(row.revenue)) for row in sales_by_day(JULY)] == [
        ("EUR", "€100.90"), ("USD", "$100.90"),
    ]  # fmt: skip


def test_money_of_a_second_payment_is_no_sale_and_giving_it_back_no_loss() -> None:
    order = sell(MUG)
    second = pay(order, payment_intent="pi_second", is_duplicate=True)
    record_refund(second, stripe_id="re_2", amount=euros("100.90"), state="succeeded", source="w")
    assert told(Days(None, None)) == [
        ("2026-07-15", 1, 4, "€100.90", "€16.11", "€4.90", "€0.00", "€100.90"),
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 14, 21, 59, 59, tzinfo=UTC), "2026-07-14"),
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), "2026-07-15"),
        (datetime(2026, 7, 15, 21, 59, 59, tzinfo=UTC), "2026-07-15"),
        (datetime(2026, 7, 15, 22, 0, tzinfo=UTC), "2026-07-16"),
        # The clocks are moved: 25 October 2026 has twenty-five hours.
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2026-10-26"),
    ],
)
def test_days_begin_at_the_midnight_of_the_shop(
    moment: datetime, day: str, settings: object
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    order = sell(MUG, at=moment)
    give_back(order, other="1.00", at=moment)
    [row] = sales_by_day(Days(None, None))
    assert (str(row.day), str(row.refunded)) == (day, "€1.00")
    one = date.fromisoformat(day)
    assert sales_by_day(Days(one, one)) == [row]
    for other in (one - timedelta(days=1), one + timedelta(days=1)):
        assert sales_by_day(Days(other, other)) == []
    with timezone.override("Pacific/Auckland"):
        assert sales_by_day(Days(one, one)) == [row]
        refund = refunds_of(Days(one, one))
        assert [str(each.day) for each in refund_rows(refund, links_to_orders=True)] == [day]


def test_the_month_of_the_shop_begins_with_its_first_day(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("America/New_York"):
        assert shop_today() == timezone.now().astimezone(timezone.get_default_timezone()).date()
    assert this_month(date(2026, 7, 15)) == Days(date(2026, 7, 1), date(2026, 7, 15))
    assert last_days(30, until=date(2026, 7, 30)) == Days(date(2026, 7, 1), date(2026, 7, 30))


# --- Refunds -----------------------------------------------------------------------------------


def test_refunds_are_listed_with_their_state_and_who_gave_them() -> None:
    order = sell(MUG, number="F7")
    note = give_back(order, other="10.00")
    clerk = make_user("clerk")
    Refund.objects.update(user=clerk, note="Chipped.")
    record_refund(
        order.payments.get(), stripe_id="re_9", amount=euros("5"), state="pending", source="w"
    )
    Refund.objects.filter(stripe_id="re_9").update(settled_at=NOON + timedelta(hours=1))
    first, second = refund_rows(refunds_of(JULY), links_to_orders=True)
    assert first.order_url == f"/admin/orders/order/inspect/{order.pk}/"
    assert (
        str(first.day), first.order, str(first.amount), first.reason, first.state,
        first.credit_note, first.who,
    ) == ("2026-07-15", "F7", "€10.00", "Chipped.", "Given back", note.number, "clerk")  # fmt: skip
    assert (second.who, second.state) == ("At Stripe", "On its way")
    assert refund_rows(refunds_of(JULY), links_to_orders=False)[0].order_url == ""


def test_what_failed_is_listed_and_not_added_up(stripe: ProviderDouble) -> None:
    order = sell(MUG)
    give_back(order, other="10.00")
    give_back(order, other="5.00")
    Refund.objects.filter(amount=5).update(state=RefundState.FAILED)
    assert refunds_of(JULY).count() == 2
    assert [(of, str(sum_)) for of, sum_ in given_back(refunds_of(JULY))] == [("EUR", "€10.00")]


def test_one_that_stripe_has_not_taken_on_is_of_the_day_it_was_asked_for() -> None:
    give_back(sell(MUG), other="10.00")
    Refund.objects.update(settled_at=None, state=RefundState.NEW)
    assert [row.state for row in refund_rows(refunds_of(JULY), links_to_orders=True)] == [
        "Asked for"
    ]


# --- Best sellers ------------------------------------------------------------------------------


def sold(days: Days = JULY) -> list[tuple[str, int, str, int]]:
    return [
        (row.name, row.pieces, str(row.revenue), row.refunded_pieces) for row in best_sellers(days)
    ]


def test_products_stand_by_the_pieces_that_were_sold() -> None:
    make_product("Mug", sku="M-1")
    make_product("Tea", sku="T-1")
    order = sell(MUG, TEA)
    sell(TEA, ("Bowl", 9, "5.00", 19))
    give_back(order, piece(order, "TEA", 2), at=NOON + timedelta(days=40))
    assert sold() == [("Bowl", 9, "€45.00", 0), ("Tea", 6, "€64.20", 0), ("Mug", 4, "€96.00", 0)]
    later = (NOON + timedelta(days=40)).date()
    assert sold(Days(later, later)) == [("Tea", 0, "€0.00", 2)]


def test_variants_are_one_product_also_after_it_got_another_name() -> None:
    make_product("Mug", sku="M-1")
    sell(MUG)
    Product.objects.update(name="Speckled Mug")
    assert sold() == [("Speckled Mug", 4, "€96.00", 0)]
    Product.objects.all().delete()
    assert sold() == [("Mug", 4, "€96.00", 0)]


def test_products_lead_to_their_pages_for_who_may_edit_them(site: HomePage) -> None:
    create_roles()
    page = make_product_page("Mug", sku="M-1")
    sell(MUG, TEA)
    rows = best_sellers(JULY)
    urls = {
        name: [row.page_url for row in with_page_urls(rows, user)]
        for name, user in {
            "editor": make_user("editor", group=EDITORS), "stranger": make_user("stranger"),
        }.items()
    }  # fmt: skip
    assert urls == {"editor": [f"/admin/pages/{page.pk}/edit/", ""], "stranger": ["", ""]}


# --- Queries -----------------------------------------------------------------------------------


def count_queries() -> list[int]:
    counts = []
    for ask in (
        lambda: sales_by_day(JULY),
        lambda: best_sellers(JULY),
        lambda: refund_rows(refunds_of(JULY), links_to_orders=True),
        lambda: given_back(refunds_of(JULY)),
    ):
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts.append(len(queries))
    return counts


def test_more_orders_take_no_more_queries() -> None:
    for _number in range(2):
        give_back(sell(MUG, TEA), other="1.00")
    assert count_queries() == [4, 2, 1, 1]
    for number in range(38):
        order = sell(MUG, TEA)
        if number % 10 == 0:
            give_back(order, other="1.00")
    assert count_queries() == [4, 2, 1, 1]
    assert told()[0][1:3] == (40, 280)
