"""Line items, their inline prices, and shipping rates."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document


def build_line_item(params: Mapping[str, Any], *, now: int) -> Document:
    """A line item from one entry of ``line_items`` that passed the rules."""
    price = params["price_data"]
    total = price["unit_amount"] * params["quantity"]
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": price["currency"],
        "description": price["product_data"]["name"],
        "metadata": dict(params.get("metadata", {})),
        "price": _build_price(price, now=now),
        "quantity": params["quantity"],
    }


def _build_price(price: Mapping[str, Any], *, now: int) -> Document:
    return {
        "id": new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": now,
        "currency": price["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": new_id("prod"),
        "recurring": None,
        "tax_behavior": price.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": price["unit_amount"],
        "unit_amount_decimal": str(price["unit_amount"]),
    }


def build_shipping_rate(params: Mapping[str, Any], *, now: int) -> Document:
    """A shipping rate from ``shipping_options[].shipping_rate_data`` that passed the rules."""
    fixed = params["fixed_amount"]
    return {
        "id": new_id("shr"),
        "object": "shipping_rate",
        "active": True,
        "created": now,
        "delivery_estimate": params.get("delivery_estimate"),
        "display_name": params["display_name"],
        "fixed_amount": {"amount": fixed["amount"], "currency": fixed["currency"]},
        "livemode": False,
        "metadata": dict(params.get("metadata", {})),
        "tax_behavior": params.get("tax_behavior", "unspecified"),
        "tax_code": params.get("tax_code"),
        "type": "fixed_amount",
    }
