"""The list of the order desk as the staff uses it; also what shows first when wagtail-modeladmin
breaks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.models import Order, OrderLine
from orders.order_desk.filters import days_of_period
from orders.status import OrderStatus
from tests.factories import make_order
from tests.orders.desk import desk, listed, page_of, pay, place


def test_a_row_says_who_ordered_when_for_how_much_and_where_it_stands(clerk: Client) -> None:
    place(
        "F1", datetime(2026, 5, 4, 12, 28, tzinfo=UTC), status=OrderStatus.REVIEW,
        name="Zoë <Ångström>", email="zoe@example.com", unit_price="1290.00", shipping="0",
    )  # fmt: skip
    html = desk(clerk)
    assert "4 May 2026, 12:28" in html
    assert "Zoë &lt;Ångström&gt;" in html
    assert "zoe@example.com" in html
    assert '<span class="order-status order-status--review">Needs review</span>' in html
    assert "€1,290.00" in html


def test_the_newest_order_comes_first(clerk: Client) -> None:
    for number, day in (("OLD", 1), ("NEW", 3), ("MIDDLE", 2)):
        place(number, datetime(2026, 5, day, tzinfo=UTC))
    assert listed(desk(clerk)) == ["NEW", "MIDDLE", "OLD"]


def test_a_heading_sorts_by_its_column(clerk: Client) -> None:
    for number, price in (("A", "20"), ("B", "300"), ("C", "9")):
        make_order(number=number, unit_price=price)
    assert listed(desk(clerk, o="-4")) == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("is_live", "address"),
    [
        (True, "https://dashboard.stripe.com/payments/pi_F1"),
        (False, "https://dashboard.stripe.com/test/payments/pi_F1"),
    ],
)
def test_a_payment_links_to_the_right_dashboard(
    clerk: Client, is_live: bool, address: str, settings
) -> None:
    settings.STRIPE_API_BASE = ""
    order = make_order(number="F1")
    pay(order, is_live=is_live)
    link = (
        f'<a href="{address}" target="_blank" rel="noopener noreferrer" '
        f'title="pi_F1">Stripe</a>{"" if is_live else " (test)"}'
    )
    assert link in desk(clerk)
    assert link.replace(">Stripe<", ">pi_F1<") in clerk.get(page_of(order)).content.decode()


def test_a_payment_at_a_stand_in_links_to_what_that_shows(clerk: Client, settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:12111"
    pay(make_order(number="F1"), is_live=False)
    assert '<a href="http://127.0.0.1:12111/" target="_blank"' in desk(clerk)


def test_an_order_to_look_into_says_what_can_be_done(clerk: Client) -> None:
    words = "Cancel it and give the money back"
    review = make_order(number="F1", status=OrderStatus.REVIEW)
    assert words in clerk.get(page_of(review)).content.decode()
    paid = make_order(number="F2", status=OrderStatus.PAID)
    assert words not in clerk.get(page_of(paid)).content.decode()


def test_a_payment_of_the_demonstration_leads_nowhere_and_says_why(clerk: Client) -> None:
    order = make_order(number="F1")
    pay(order, is_live=False)
    order.payments.update(payment_intent="pi_demo_abc")
    assert "Stripe</a>" not in desk(clerk)
    assert "Demonstration" in desk(clerk)
    html = clerk.get(page_of(order)).content.decode()
    assert "there is nothing to refund" in html
    assert "pi_demo_abc" not in html


def test_a_second_payment_is_called_so(clerk: Client) -> None:
    pay(make_order(number="F1"), is_live=True, is_duplicate=True)
    assert "Stripe</a> (paid twice)" in desk(clerk)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("f20", ["F20"]),
        ("ZOË".lower(), ["F20"]),
        ("bob@example", ["F10"]),
        ("bowl-7", ["F10"]),
        ("bob bowl", ["F10"]),
        ("zoë bowl", []),
        ("example", ["F20", "F10"]),
        ("%", []),
        ("a\x00b", []),
        ("bowl " * 60, ["F10"]),
        ("🪴", []),
    ],
)
def test_search_finds_number_name_email_and_sku(
    clerk: Client, words: str, found: list[str]
) -> None:
    bob = place("F10", datetime(2026, 5, 1, tzinfo=UTC), name="Bob Brown", email="bob@example.com")
    for sku in ("BOWL-7", "BOWL-8"):
        OrderLine.objects.create(
            order=bob, sku=sku, title="Bowl", quantity=1, unit_price=Decimal(1),
            line_total=Decimal(1), line_tax=Decimal(0),
        )  # fmt: skip
    place("F20", datetime(2026, 5, 2, tzinfo=UTC), name="zoë", email="z@example.com")
    html = desk(clerk, q=words)
    assert listed(html) == found
    assert ("No order matches." in html) == (not found)


@pytest.mark.parametrize("status", OrderStatus)
def test_each_status_can_be_filtered(clerk: Client, status: OrderStatus) -> None:
    for one in OrderStatus:
        make_order(number=one.name.replace("_", ""), status=one)
    assert listed(desk(clerk, status=status)) == [status.name.replace("_", "")]


def test_each_period_can_be_filtered(clerk: Client) -> None:
    now = timezone.now()
    year = place("YEARS", now - timedelta(days=366 * 2))
    make_order(number="TODAY")
    for period in ("today", "7-days", "month", "year"):
        assert listed(desk(clerk, placed=period)) == ["TODAY"]
    Order.objects.filter(pk=year.pk).update(created_at=now - timedelta(days=1))
    assert listed(desk(clerk, placed="yesterday")) == ["YEARS"]
    end_of_last_month = timezone.localtime(now).replace(day=1) - timedelta(days=1)
    Order.objects.filter(pk=year.pk).update(created_at=end_of_last_month)
    assert listed(desk(clerk, placed="last-month")) == ["YEARS"]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("today", (date(2024, 3, 1), date(2024, 3, 1))),
        ("yesterday", (date(2024, 2, 29), date(2024, 2, 29))),
        ("7-days", (date(2024, 2, 24), date(2024, 3, 1))),
        ("month", (date(2024, 3, 1), date(2024, 3, 1))),
        ("last-month", (date(2024, 2, 1), date(2024, 2, 29))),
        ("year", (date(2024, 1, 1), date(2024, 3, 1))),
        ("decade", None),
    ],
)
def test_periods_are_days_of_the_calendar(name: str, days: tuple[date, date] | None) -> None:
    assert days_of_period(name, today=date(2024, 3, 1)) == days


def test_filters_and_search_work_together(clerk: Client) -> None:
    make_order(number="A1", status=OrderStatus.PAID)
    make_order(number="A2")
    make_order(number="B1", status=OrderStatus.PAID)
    html = desk(clerk, status="paid", placed="today", q="a")
    # Every name has an "a", so that only the status narrows.
    assert set(listed(html)) == {"A1", "B1"}
    assert listed(desk(clerk, status="paid", q="a1")) == ["A1"]
    assert '<input type="hidden" name="status" value="paid">' in html


@pytest.mark.parametrize("query", [{"status": "lost"}, {"placed": "1999"}])
def test_a_filter_that_nobody_offered_finds_nothing(clerk: Client, query: dict[str, str]) -> None:
    make_order()
    assert listed(desk(clerk, **query)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"nonsense": "1"},
        {"total__gte": "abc"},
        {"token__startswith": "zzz"},
        {"events__user__password__startswith": "zzz"},
        {"p": "abc"},
        {"p": "9999"},
        {"p": "-1"},
        {"o": "99.x.-7"},
        {"e": "1"},
        {"export": "pdf"},
    ],
)
def test_other_parameters_of_the_address_change_nothing(
    clerk: Client, query: dict[str, str]
) -> None:
    make_order(number="F1")
    assert listed(desk(clerk, **query)) == ["F1"]


def test_the_list_has_fifty_orders_a_page(clerk: Client) -> None:
    for number in range(51):
        make_order(number=f"F{number:02}")
    html = desk(clerk)
    assert listed(html) == [f"F{number:02}" for number in range(50, 0, -1)]
    assert "Page 1 of 2" in html
    assert listed(desk(clerk, p="2")) == ["F00"]


def test_a_longer_list_needs_no_more_queries(clerk: Client) -> None:
    counts = []
    for wanted in (3, 30):
        for _ in range(wanted - Order.objects.count()):
            pay(make_order())
        desk(clerk)  # Warms what Wagtail and Django keep between requests.
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(desk(clerk))) == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_empty_desk_says_so(clerk: Client) -> None:
    assert "There are no orders yet." in desk(clerk)
