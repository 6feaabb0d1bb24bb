"""Rules of line items and shipping options."""

from collections.abc import Mapping, Sequence
from typing import Any

from stripe_sandbox.errors import InvalidParameter, no_such
from stripe_sandbox.rules.common import (
    check_amount,
    check_lengths,
    check_metadata,
    is_absolute_url,
    missing,
    not_played,
)

MAXIMUM_LINE_ITEMS = 100
MAXIMUM_SHIPPING_OPTIONS = 5
MAXIMUM_IMAGES = 8


def check_line_items(items: Sequence[Mapping[str, Any]]) -> str:
    """Returns the one currency of the items."""
    if not items:
        raise missing("line_items", " Payment mode needs them.")
    if len(items) > MAXIMUM_LINE_ITEMS:
        raise InvalidParameter(
            f"A Checkout Session can have at most {MAXIMUM_LINE_ITEMS} line items.",
            param="line_items",
        )
    for place, item in enumerate(items):
        _check_line_item(item, f"line_items[{place}]")
    currency: str = items[0]["price_data"]["currency"]
    for place, item in enumerate(items):
        if item["price_data"]["currency"] != currency:
            raise InvalidParameter(
                "All line items must have the same currency: "
                f"{item['price_data']['currency']} is not {currency}.",
                param=f"line_items[{place}][price_data][currency]",
            )
    return currency


def _check_line_item(item: Mapping[str, Any], path: str) -> None:
    if "price" in item:
        raise no_such("price", item["price"], param=f"{path}[price]", status=400)
    for name in ("adjustable_quantity", "tax_rates"):
        if name in item:
            raise not_played(f"{path}[{name}]")
    for name in ("price_data", "quantity"):
        if name not in item:
            raise missing(f"{path}[{name}]")
    if item["quantity"] < 1:
        raise InvalidParameter(
            "This value must be greater than or equal to 1.",
            param=f"{path}[quantity]",
            code="parameter_invalid_integer",
        )
    check_metadata(item.get("metadata", {}), f"{path}[metadata]")
    _check_price_data(item["price_data"], f"{path}[price_data]")


def _check_price_data(price: Mapping[str, Any], path: str) -> None:
    for name in ("recurring", "unit_amount_decimal"):
        if name in price:
            raise not_played(f"{path}[{name}]")
    if "product" in price:
        raise no_such("product", price["product"], param=f"{path}[product]", status=400)
    for name in ("product_data", "unit_amount"):
        if name not in price:
            raise missing(f"{path}[{name}]")
    check_amount(price["unit_amount"], price["currency"], path, "unit_amount")
    _check_product(price["product_data"], f"{path}[product_data]")


def _check_product(product: Mapping[str, Any], path: str) -> None:
    check_lengths(product, {"name": 5000, "description": 40000}, path)
    check_metadata(product.get("metadata", {}), f"{path}[metadata]")
    images = product.get("images", [])
    if len(images) > MAXIMUM_IMAGES:
        raise InvalidParameter(
            f"A product can have at most {MAXIMUM_IMAGES} images.", param=f"{path}[images]"
        )
    for place, image in enumerate(images):
        if not is_absolute_url(image):
            raise InvalidParameter(
                "Not a valid URL.", param=f"{path}[images][{place}]", code="url_invalid"
            )


def check_shipping_options(options: Sequence[Mapping[str, Any]], currency: str) -> None:
    """At most five, each with its price inline and in the currency of the items."""
    if len(options) > MAXIMUM_SHIPPING_OPTIONS:
        raise InvalidParameter(
            f"A Checkout Session can have at most {MAXIMUM_SHIPPING_OPTIONS} shipping options.",
            param="shipping_options",
        )
    for place, option in enumerate(options):
        _check_shipping_option(option, currency, f"shipping_options[{place}]")


def _check_shipping_option(option: Mapping[str, Any], currency: str, path: str) -> None:
    if "shipping_rate" in option:
        raise no_such(
            "shipping_rate", option["shipping_rate"], param=f"{path}[shipping_rate]", status=400
        )
    path = f"{path}[shipping_rate_data]"
    if "shipping_rate_data" not in option:
        raise missing(path)
    rate = option["shipping_rate_data"]
    if "fixed_amount" not in rate:
        raise missing(f"{path}[fixed_amount]")
    check_lengths(rate, {"display_name": 100}, path)
    check_metadata(rate.get("metadata", {}), f"{path}[metadata]")
    fixed = rate["fixed_amount"]
    check_amount(fixed["amount"], fixed["currency"], f"{path}[fixed_amount]", "amount")
    if fixed["currency"] != currency:
        raise InvalidParameter(
            f"Shipping must be priced in {currency}, as the line items are.",
            param=f"{path}[fixed_amount][currency]",
        )
