"""Rules of a Checkout Session as a whole."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.errors import InvalidParameter, no_such
from stripe_sandbox.money import MAXIMUM_AMOUNT, format_amount, minimum_amount
from stripe_sandbox.rules.common import (
    check_email,
    check_lengths,
    check_metadata,
    is_absolute_url,
    missing,
)
from stripe_sandbox.rules.line_items import check_line_items, check_shipping_options
from stripe_sandbox.rules.played import check_played

SHORTEST_LIFETIME, LONGEST_LIFETIME = 30 * 60, 24 * 3600
_LONGEST = {
    "client_reference_id": 200,
    "integration_identifier": 200,
    "customer_email": 800,
    "success_url": 5000,
    "cancel_url": 5000,
}
_LONGEST_INTENT_DATA = {
    "description": 1000,
    "statement_descriptor": 22,
    "statement_descriptor_suffix": 22,
}


def check_session(params: Mapping[str, Any], *, now: int) -> None:
    """Raises InvalidParameter or ApiError for the first rule that ``params`` break."""
    if "mode" not in params:
        raise missing("mode")
    for kind in ("customer", "customer_account", "payment_method_configuration"):
        if kind in params:
            raise no_such(kind, params[kind], param=kind, status=400)
    check_played(params)
    check_lengths(params, _LONGEST)
    _check_urls(params)
    _check_lifetime(params, now)
    check_metadata(params.get("metadata", {}), "metadata")
    _check_payment_intent_data(params.get("payment_intent_data", {}))
    _check_payment_methods(params)
    if "customer_email" in params:
        check_email(params["customer_email"], "customer_email")
    _check_money(params)


def _check_urls(params: Mapping[str, Any]) -> None:
    if "success_url" not in params:
        raise missing("success_url", " A hosted page needs it.")
    for name in ("success_url", "cancel_url"):
        if name in params and not is_absolute_url(params[name]):
            raise InvalidParameter(
                "Not a valid URL. It must be absolute and begin with http:// or https://.",
                param=name,
                code="url_invalid",
            )


def _check_lifetime(params: Mapping[str, Any], now: int) -> None:
    expires_at = params.get("expires_at")
    if expires_at is None or now + SHORTEST_LIFETIME <= expires_at <= now + LONGEST_LIFETIME:
        return
    bound = "less than 24 hours" if expires_at > now + LONGEST_LIFETIME else "at least 30 minutes"
    raise InvalidParameter(
        f"The `expires_at` timestamp must be {bound} from Checkout Session creation.",
        param="expires_at",
    )


def _check_payment_intent_data(data: Mapping[str, Any]) -> None:
    check_lengths(data, _LONGEST_INTENT_DATA, "payment_intent_data")
    check_metadata(data.get("metadata", {}), "payment_intent_data[metadata]")
    if "receipt_email" in data:
        check_email(data["receipt_email"], "payment_intent_data[receipt_email]")


def _check_payment_methods(params: Mapping[str, Any]) -> None:
    allowed = params.get("allowed_payment_method_types", ["card"])
    if "card" not in allowed or "card" in params.get("excluded_payment_method_types", []):
        raise InvalidParameter(
            "The page of the sandbox takes cards, so cards must be allowed.",
            param="allowed_payment_method_types",
        )


def _check_money(params: Mapping[str, Any]) -> None:
    currency = check_line_items(params.get("line_items", []))
    if params.get("currency", currency) != currency:
        raise InvalidParameter(
            f"The line items are priced in {currency}, not in {params['currency']}.",
            param="currency",
        )
    options = params.get("shipping_options", [])
    check_shipping_options(options, currency)
    subtotal = sum(
        item["price_data"]["unit_amount"] * item["quantity"] for item in params["line_items"]
    )
    shipping = [option["shipping_rate_data"]["fixed_amount"]["amount"] for option in options] or [0]
    for amount in shipping:
        _check_total(subtotal + amount, currency)


def _check_total(total: int, currency: str) -> None:
    """Nothing at all is fine (a free order), but little is not."""
    if 0 < total < minimum_amount(currency):
        raise InvalidParameter(
            "The Checkout Session's total amount due must add up to at least "
            f"{format_amount(minimum_amount(currency), currency)}.",
            param=None,
            code="amount_too_small",
        )
    if total > MAXIMUM_AMOUNT:
        raise InvalidParameter(
            "The Checkout Session's total amount due must be no more than "
            f"{format_amount(MAXIMUM_AMOUNT, currency)}.",
            param=None,
            code="amount_too_large",
        )
