"""How far an order has come, in the shopper's words."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from home.models import HomePage
from orders.progress import ENDED, PageState, Step, progress_steps
from orders.status import OrderStatus
from tests.factories import make_order

PLACED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PAID = datetime(2026, 3, 1, 9, 34, tzinfo=UTC)


SHIPPED = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DELIVERED = datetime(2026, 3, 4, 11, 20, tzinfo=UTC)


def test_an_unpaid_order_waits_at_its_payment() -> None:
    for state in ("unpaid", "confirming", "processing", "review"):
        assert progress_steps(state, placed_at=PLACED, paid_at=None) == (
            Step("Order placed", "done", PLACED),
            Step("Payment", "current"),
            Step("Packing and sending", "ahead"),
            Step("Delivery", "ahead"),
        )


@pytest.mark.parametrize("state", ["paid", "partly_shipped"])
def test_a_paid_order_is_being_packed_until_its_last_piece_has_left(state: PageState) -> None:
    steps = progress_steps(state, placed_at=PLACED, paid_at=PAID, shipped_at=SHIPPED)
    assert steps == (
        Step("Order placed", "done", PLACED),
        Step("Payment", "done", PAID),
        Step("Packing and sending", "current"),
        Step("Delivery", "ahead"),
    )


def test_what_has_left_is_on_its_way_until_it_has_arrived() -> None:
    times = {"placed_at": PLACED, "paid_at": PAID, "shipped_at": SHIPPED}
    assert progress_steps("shipped", **times)[2:] == (
        Step("Packing and sending", "done", SHIPPED),
        Step("Delivery", "current"),
    )
    assert progress_steps("delivered", **times, delivered_at=DELIVERED)[2:] == (
        Step("Packing and sending", "done", SHIPPED),
        Step("Delivery", "done", DELIVERED),
    )


def test_an_order_that_has_ended_has_no_way_before_it() -> None:
    for state in ENDED:
        assert progress_steps(state, placed_at=PLACED, paid_at=None) == ()


@pytest.mark.parametrize(
    ("status", "heading", "current"),
    [
        (OrderStatus.AWAITING_PAYMENT, "Your order is waiting for its payment", "Payment"),
        (OrderStatus.PROCESSING, "Your payment is on its way", "Payment"),
        (OrderStatus.PAID, "Thank you. Your order is paid.", "Packing and sending"),
        (OrderStatus.PARTLY_SHIPPED, "A part of your order is on its way", "Packing and sending"),
        (OrderStatus.SHIPPED, "Your order is on its way", "Delivery"),
        (OrderStatus.DELIVERED, "Your order has arrived", ""),
        (OrderStatus.REVIEW, "We are looking at your payment", "Payment"),
        (OrderStatus.EXPIRED, "The time to pay for this order is over", ""),
        (OrderStatus.CANCELED, "This order was canceled", ""),
    ],
)
def test_each_state_of_an_order_has_its_page(
    client: Client, site: HomePage, status: OrderStatus, heading: str, current: str
) -> None:
    order = make_order(status=status, paid_at=timezone.now() if status == "paid" else None)
    html = client.get(order.get_absolute_url()).content.decode()
    assert f'<h1 class="order__title">{heading}</h1>' in html
    assert html.count('aria-current="step"') == (1 if current else 0)
    if current:
        step = html.split('aria-current="step"')[1].split("</li>")[0]
        assert f'<span class="progress__label">{current}</span>' in step
    assert ("Pay now" in html) == (status == OrderStatus.AWAITING_PAYMENT)
    assert ("Order again" in html) == (status in (OrderStatus.EXPIRED, OrderStatus.CANCELED))


def test_an_unpaid_order_says_how_long_its_things_are_held(client: Client, site: HomePage) -> None:
    order = make_order()
    words = "Your things are held for you for another 34"
    assert words in client.get(order.get_absolute_url()).content.decode()
    order.expires_at = timezone.now()
    order.save()
    html = client.get(order.get_absolute_url()).content.decode()
    assert "Your things are held for you for a short time." in html


def test_a_payment_that_is_being_confirmed_can_be_looked_at_again(
    client: Client, site: HomePage
) -> None:
    order = make_order()
    order.attempts.create(
        number=1, returned_at=timezone.now(), state="open", idempotency_key="key-1",
        request={}, expires_at=timezone.now(),
    )  # fmt: skip
    html = client.get(order.get_absolute_url()).content.decode()
    assert "Thank you. We are confirming your payment." in html
    assert '<a class="button" href="">Look again</a>' in html
    assert "Pay now" not in html
