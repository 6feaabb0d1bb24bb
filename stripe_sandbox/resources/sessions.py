"""The Checkout Session object."""

from collections.abc import Mapping, Sequence
from typing import Any

from stripe_sandbox.bank_debits import debit_for
from stripe_sandbox.ids import new_session_id
from stripe_sandbox.storage import Document

DEFAULT_LIFETIME = 24 * 3600


def build_session(
    params: Mapping[str, Any],
    *,
    line_items: Sequence[Document],
    shipping_rates: Sequence[Document],
    base_url: str,
    merchant_name: str,
    now: int,
) -> Document:
    """An open session in payment mode from parameters that passed the rules.

    Without a shipping choice of the payer the first shipping rate counts, as on the page.
    """
    identifier = new_session_id()
    subtotal = sum(item["amount_total"] for item in line_items)
    email = params.get("customer_email")
    session: Document = {
        "id": identifier,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": params.get("adaptive_pricing", {}).get("enabled", False)},
        "after_expiration": None,
        "allow_promotion_codes": params.get("allow_promotion_codes"),
        "amount_subtotal": subtotal,
        "amount_total": subtotal,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": params.get("billing_address_collection"),
        "branding_settings": _branding(params.get("branding_settings", {}), merchant_name),
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": now,
        "currency": line_items[0]["currency"],
        "custom_fields": [],
        "custom_text": {
            "after_submit": params.get("custom_text", {}).get("after_submit") or None,
            "shipping_address": None,
            "submit": params.get("custom_text", {}).get("submit") or None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_account": None,
        "customer_creation": params.get("customer_creation", "if_required"),
        "customer_details": None if email is None else build_customer_details(email, None),
        "customer_email": email,
        "discounts": [],
        "expires_at": params.get("expires_at", now + DEFAULT_LIFETIME),
        "integration_identifier": params.get("integration_identifier"),
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": _without_empty(params.get("metadata", {})),
        "mode": "payment",
        "origin_context": params.get("origin_context"),
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": _payment_methods(params, line_items[0]["currency"]),
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [
            {"shipping_amount": rate["fixed_amount"]["amount"], "shipping_rate": rate["id"]}
            for rate in shipping_rates
        ],
        "status": "open",
        "submit_type": params.get("submit_type"),
        "subscription": None,
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{base_url}/c/pay/{identifier}",
        "wallet_options": None,
    }
    for name in ("allowed_payment_method_types", "excluded_payment_method_types"):
        if name in params:
            session[name] = list(params[name])
    if session["shipping_options"]:
        choose_shipping(session, session["shipping_options"][0])
    return session


def _payment_methods(params: Mapping[str, Any], currency: str) -> list[str]:
    """What the account would offer for this currency, less what the shop does not want."""
    debit = debit_for(currency)
    offered = ["card"] if debit is None else ["card", debit]
    allowed = params.get("allowed_payment_method_types", offered)
    excluded = params.get("excluded_payment_method_types", [])
    return [kind for kind in offered if kind in allowed and kind not in excluded]


def choose_shipping(session: Document, option: Mapping[str, Any]) -> None:
    """Puts one of the session's shipping options into its cost and total."""
    amount = option["shipping_amount"]
    session["shipping_cost"] = {
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "shipping_rate": option["shipping_rate"],
    }
    session["total_details"]["amount_shipping"] = amount
    session["amount_total"] = session["amount_subtotal"] + amount


def build_customer_details(email: str, name: str | None) -> Document:
    """What the payer told on the page."""
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def _branding(given: Mapping[str, Any], merchant_name: str) -> Document:
    return {
        "background_color": given.get("background_color") or "#ffffff",
        "border_style": given.get("border_style") or "rounded",
        "button_color": given.get("button_color") or "#0074d4",
        "display_name": given.get("display_name") or merchant_name,
        "font_family": given.get("font_family") or "default",
        "icon": None,
        "logo": None,
    }


def _without_empty(metadata: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in metadata.items() if value != ""}
