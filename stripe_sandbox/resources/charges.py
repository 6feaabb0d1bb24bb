"""Charges: single tries to take the money."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.bank_debits import describe_charged_account
from stripe_sandbox.cards import Decline
from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document


def build_charge(
    intent: Mapping[str, Any],
    method: Mapping[str, Any],
    *,
    decline: Decline | None,
    authenticated: bool,
    now: int,
    pending: bool = False,
) -> Document:
    """One try to take the money: succeeded without ``decline``, failed with it; ``pending`` while a
    bank has not said which."""
    paid = decline is None and not pending
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0 if decline is not None else intent["amount"],
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": new_id("txn") if paid else None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": intent["statement_descriptor"] or "SANDBOX",
        "captured": decline is None,
        "created": now,
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None if decline is None else decline.code,
        "failure_message": None if decline is None else decline.message,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": _build_outcome(decline),
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _build_method_details(intent, method, authenticated),
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "pending" if pending else "succeeded" if paid else "failed",
        "transfer_data": None,
        "transfer_group": None,
    }


def _build_outcome(decline: Decline | None) -> Document:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None if decline is None else "05",
        "network_status": "approved_by_network" if decline is None else "declined_by_network",
        "reason": None if decline is None else decline.decline_code,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": (
            "Payment complete."
            if decline is None
            else "The bank did not return any further details with this decline."
        ),
        "type": "authorized" if decline is None else "issuer_declined",
    }


def _build_method_details(
    intent: Mapping[str, Any], method: Mapping[str, Any], authenticated: bool
) -> Document:
    if method["type"] == "card":
        return {"card": _build_card_details(intent, method, authenticated), "type": "card"}
    kind = method["type"]
    fingerprint = method[kind]["fingerprint"]
    return {
        kind: describe_charged_account(kind, fingerprint, new_id("mandate")),
        "type": kind,
    }


def _build_card_details(
    intent: Mapping[str, Any], method: Mapping[str, Any], authenticated: bool
) -> Document:
    card = method["card"]
    return {
        "amount_authorized": intent["amount"],
        "brand": card["brand"],
        "checks": card["checks"],
        "country": card["country"],
        "exp_month": card["exp_month"],
        "exp_year": card["exp_year"],
        "fingerprint": card["fingerprint"],
        "funding": card["funding"],
        "installments": None,
        "last4": card["last4"],
        "mandate": None,
        "network": card["brand"],
        "three_d_secure": _build_three_d_secure() if authenticated else None,
        "wallet": None,
    }


def _build_three_d_secure() -> Document:
    return {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": new_id("dst"),
        "version": "2.2.0",
    }
