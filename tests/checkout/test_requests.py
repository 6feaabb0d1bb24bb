"""The request to Stripe says exactly what the order says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from checkout.requests import session_request
from tests.factories import make_order

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def amounts(order) -> list[tuple[str, int, int]]:
    request = session_request(order, attempt_key="order-1", expires_at=AT)
    return [
        (item["price_data"]["currency"], item["price_data"]["unit_amount"], item["quantity"])
        for item in request["line_items"]
    ]


def test_the_items_are_the_lines_and_the_shipping() -> None:
    order = make_order(unit_price="19.99", quantity=3, shipping="4.90")
    assert amounts(order) == [("eur", 1999, 3), ("eur", 490, 1)]


def test_free_shipping_is_no_item() -> None:
    assert amounts(make_order(unit_price="19.99", shipping="0")) == [("eur", 1999, 1)]


@pytest.mark.parametrize(
    ("currency", "price", "minor"), [("JPY", "1200", 1200), ("KWD", "5.120", 5120)]
)
def test_currencies_with_other_decimals_are_asked_for_in_their_own_units(
    currency: str, price: str, minor: int
) -> None:
    order = make_order(unit_price=price, shipping="0", currency=currency)
    assert amounts(order) == [(currency.lower(), minor, 1)]
    assert order.total_money.to_minor() == minor


def test_the_addresses_come_from_the_settings_and_stripe_fills_in_the_session(settings) -> None:
    settings.SITE_URL = "https://shop.example"
    order = make_order()
    request = session_request(order, attempt_key="order-1", expires_at=AT)
    base = f"https://shop.example/checkout/return/{order.token}/"
    assert request["success_url"] == base + "?session_id={CHECKOUT_SESSION_ID}"
    assert request["cancel_url"] == f"https://shop.example/checkout/canceled/{order.token}/"
    assert request["expires_at"] == int(AT.timestamp())
    assert request["adaptive_pricing"] == {"enabled": False}


def test_our_reference_travels_with_the_session_and_with_the_payment() -> None:
    order = make_order()
    request = session_request(order, attempt_key="order-1", expires_at=AT)
    assert request["client_reference_id"] == order.number
    expected = {"order": order.number, "attempt": "order-1"}
    assert request["metadata"] == expected
    assert request["payment_intent_data"]["metadata"] == expected


def test_a_long_name_is_cut_and_options_are_named() -> None:
    order = make_order(unit_price="19.99", shipping="0")
    order.lines.update(title="x" * 255, options_label="Oat")
    request = session_request(order, attempt_key="order-1", expires_at=AT)
    name = request["line_items"][0]["price_data"]["product_data"]["name"]
    assert name == "x" * 250
    assert Decimal(order.total) == Decimal("19.99")
