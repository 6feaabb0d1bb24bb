"""What the page and the life cycle really play of session creation.

Anything else that Stripe would accept is refused in plain words: silently ignoring it would make
a shop work here and fail at Stripe.
"""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.rules.common import not_played

_PLAYED = {
    "adaptive_pricing", "allowed_payment_method_types", "billing_address_collection",
    "branding_settings", "cancel_url", "client_reference_id", "currency", "custom_text",
    "customer_creation", "customer_email", "excluded_payment_method_types", "expand", "expires_at",
    "integration_identifier", "line_items", "locale", "metadata", "mode", "origin_context",
    "payment_intent_data", "shipping_options", "submit_type", "success_url", "ui_mode",
}  # fmt: skip
_PLAYED_INTENT_DATA = {
    "capture_method", "description", "metadata", "receipt_email", "shipping",
    "statement_descriptor", "statement_descriptor_suffix",
}  # fmt: skip
_PLAYED_CUSTOM_TEXT = {"submit", "after_submit"}

# These say "the plain thing, please", which is what the sandbox does anyway.
_HARMLESS: dict[str, Any] = {
    "allow_promotion_codes": False,
    "automatic_tax": {"enabled": False},
    "invoice_creation": {"enabled": False},
    "managed_payments": {"enabled": False},
    "payment_method_collection": "if_required",
    "phone_number_collection": {"enabled": False},
    "tax_id_collection": {"enabled": False},
}
_ONLY = {
    "mode": "payment",
    "ui_mode": "hosted_page",
    "billing_address_collection": "auto",
    "customer_creation": "if_required",
}


def check_played(params: Mapping[str, Any]) -> None:
    """Raises InvalidParameter for the first parameter that would have no effect here."""
    for name, value in params.items():
        if name not in _PLAYED and (name not in _HARMLESS or _HARMLESS[name] != value):
            raise not_played(name)
        if name in _ONLY and value != _ONLY[name]:
            raise InvalidParameter(
                f"The sandbox plays {name}={_ONLY[name]} only, not {value}.", param=name
            )
    intent_data = params.get("payment_intent_data", {})
    for name in intent_data:
        if name not in _PLAYED_INTENT_DATA:
            raise not_played(f"payment_intent_data[{name}]")
    if intent_data.get("capture_method") == "manual":
        raise not_played("payment_intent_data[capture_method]")
    for name in params.get("custom_text", {}):
        if name not in _PLAYED_CUSTOM_TEXT:
            raise not_played(f"custom_text[{name}]")
