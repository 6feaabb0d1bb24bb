"""The request to Stripe for an order, exactly as it is stored and sent."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from orders.models import Order, OrderLine

MAX_NAME = 250


def session_request(order: Order, *, attempt_key: str, expires_at: datetime) -> dict[str, Any]:
    """Parameters of a Checkout Session whose items add up to the order's total, in minor units.

    Shipping is a line of its own. Our own reference travels in three places: the session, its
    metadata and the payment's metadata, where refunds and disputes find it.
    """
    metadata = {"order": order.number, "attempt": attempt_key}
    return_url = settings.SITE_URL + reverse("checkout-return", args=[order.token])
    cancel_url = settings.SITE_URL + reverse("checkout-canceled", args=[order.token])
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": order.number,
        "customer_email": order.email,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": f"Order {order.number}"},
        "line_items": _line_items(order),
        # Amounts and currency are those of the order, whatever the dashboard says.
        "adaptive_pricing": {"enabled": False},
        "expires_at": int(expires_at.timestamp()),
        # Stripe puts the id in; escaped braces would stay as they are.
        "success_url": f"{return_url}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": cancel_url,
    }


def _line_items(order: Order) -> list[dict[str, Any]]:
    items = [
        _item(order, _line_name(line), line.unit_price, line.quantity) for line in order.lines.all()
    ]
    if order.shipping_total:
        items.append(_item(order, order.shipping_method_name, order.shipping_total, 1))
    return items


def _item(order: Order, name: str, amount: object, quantity: int) -> dict[str, Any]:
    return {
        "price_data": {
            "currency": order.currency.lower(),
            "unit_amount": order.money(amount).to_minor(),
            "product_data": {"name": name[:MAX_NAME]},
        },
        "quantity": quantity,
    }


def _line_name(line: OrderLine) -> str:
    return f"{line.title} ({line.options_label})" if line.options_label else line.title
