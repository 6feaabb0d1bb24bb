"""The report of tax says to the cent what invoices less credit notes say."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orders import canceling, refunds
from orders.canceling import cancel_order
from orders.models import Order
from orders.refund_draft import CannotRefund
from orders.reports.sales import sales_by_day
from orders.reports.taxes import taxes_by_rate
from shopsite.cms.reports.days import Days
from tests.orders.refunding import piece
from tests.orders.reporting import JULY, NOON, give_back, sell, taxes_on_paper
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db

MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)
AUGUST_NOON = NOON + timedelta(days=31)


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)
    return double


def told(days: Days) -> list[tuple[str, str, str, str, str, str, str]]:
    return [
        (
            row.country, row.rate_label, str(row.invoiced), str(row.refunded), str(row.gross),
            str(row.net), str(row.tax),
        )
        for row in taxes_by_rate(days)
    ]  # fmt: skip


def told_as_on_paper(days: Days) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    return {
        (row.country, row.rate_label): (row.net.amount, row.tax.amount)
        for row in taxes_by_rate(days)
    }


def test_lines_and_delivery_are_told_by_country_and_rate() -> None:
    sell(MUG, TEA)
    sell(TEA, country="FR", shipping="0")
    assert told(JULY) == [
        ("DE", "19 %", "€100.90", "€0.00", "€100.90", "€84.79", "€16.11"),
        ("DE", "7 %", "€32.10", "€0.00", "€32.10", "€30.00", "€2.10"),
        ("FR", "7 %", "€32.10", "€0.00", "€32.10", "€30.00", "€2.10"),
    ]
    assert told_as_on_paper(JULY) == taxes_on_paper(JULY)


def test_a_refund_is_taken_off_on_its_own_day() -> None:
    order = sell(MUG, TEA)
    give_back(order, piece(order, "TEA", 1), shipping="4.90", at=AUGUST_NOON)
    assert [row[3] for row in told(JULY)] == ["€0.00", "€0.00"]
    august = Days(AUGUST_NOON.date(), AUGUST_NOON.date())
    assert told(august) == [
        ("DE", "19 %", "€0.00", "€4.90", "-€4.90", "-€4.12", "-€0.78"),
        ("DE", "7 %", "€0.00", "€10.70", "-€10.70", "-€10.00", "-€0.70"),
    ]
    assert told_as_on_paper(august) == taxes_on_paper(august)


def test_what_was_never_invoiced_is_not_told_of() -> None:
    order = sell(MUG)
    order.invoice.delete()
    assert told(JULY) == []


def test_currencies_are_not_added_up() -> None:
    sell(MUG)
    sell(MUG, currency="USD")
    assert [(row.currency, str(row.invoiced)) for row in taxes_by_rate(JULY)] == [
        ("EUR", "€100.90"), ("USD", "$100.90"),
    ]  # fmt: skip


def test_all_given_back_in_the_same_days_leaves_nothing() -> None:
    order = sell(MUG, TEA)
    give_back(order, other="33.33")
    give_back(order, piece(order, "MUG", 1))
    cancel_order(order=Order.objects.get(), user=None)
    order.refunds.update(settled_at=NOON)
    for note in order.invoice.credit_notes.all():
        note.issued_at = NOON
        note.save()
    assert [row[4:] for row in told(JULY)] == [("€0.00",) * 3] * 2
    assert told_as_on_paper(JULY) == taxes_on_paper(JULY)


MOMENTS = st.sampled_from(
    [NOON, datetime(2026, 6, 30, 23, 59, tzinfo=UTC), datetime(2026, 7, 31, 23, 59, tzinfo=UTC)]
)
RATES = st.sampled_from([0, 7, 19])
PRICES = st.integers(1, 9999).map(lambda cents: f"{Decimal(cents) / 100:.2f}")
SALES = st.fixed_dictionaries(
    {
        "goods": st.lists(st.tuples(st.integers(1, 4), PRICES, RATES), min_size=1, max_size=3),
        "shipping": st.integers(0, 999).map(lambda cents: f"{Decimal(cents) / 100:.2f}"),
        "rate": RATES,
        "country": st.sampled_from(["DE", "FR"]),
        "at": MOMENTS,
    }
)
REFUNDS = st.fixed_dictionaries(
    {
        "pieces": st.lists(st.integers(0, 2), max_size=3),
        "shipping": st.sampled_from(["0", "0.01", "1.23"]),
        "other": st.sampled_from(["0", "0.01", "3.33", "17.77"]),
        "at": MOMENTS,
    }
)


def make_sale(sale: dict) -> Order:
    goods = [(f"p{number}", *each) for number, each in enumerate(sale["goods"])]
    values = {key: value for key, value in sale.items() if key != "goods"}
    return sell(*goods, **values)


def make_refund(order: Order, refund: dict) -> None:
    """What the order no longer has is refused, which is as it should be."""
    pieces = [
        piece(order, f"P{number}", count)
        for number, count in enumerate(refund["pieces"])
        if count and order.lines.filter(sku=f"P{number}").exists()
    ]
    try:
        give_back(
            order, *pieces, shipping=refund["shipping"], other=refund["other"], at=refund["at"]
        )
    except CannotRefund:
        return


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sales=st.lists(st.tuples(SALES, st.lists(REFUNDS, max_size=3)), min_size=1, max_size=3))
def test_whatever_is_sold_and_given_back_the_report_is_the_papers(sales: list) -> None:
    with transaction.atomic():
        for sale, given_back in sales:
            order = make_sale(sale)
            for refund in given_back:
                make_refund(order, refund)
        for days in (JULY, Days(None, None)):
            assert told_as_on_paper(days) == taxes_on_paper(days)
            rows, by_day = taxes_by_rate(days), sales_by_day(days)
            assert sum(row.invoiced.amount for row in rows) == sum(
                day.revenue.amount for day in by_day
            )
            assert sum(row.refunded.amount for row in rows) == sum(
                day.refunded.amount for day in by_day
            )
        transaction.set_rollback(True)


def test_more_orders_take_no_more_queries() -> None:
    for _number in range(2):
        give_back(sell(MUG, TEA), other="1.00")
    assert count_queries() == 4
    for _number in range(38):
        sell(MUG, TEA)
    assert count_queries() == 4
    assert told(JULY)[0][2] == "€4,036.00"


def count_queries() -> int:
    with CaptureQueriesContext(connection) as queries:
        taxes_by_rate(JULY)
    return len(queries)
