"""Payment methods: what is kept of a card or of a bank account."""

import hashlib

from stripe_sandbox.bank_debits import describe_account
from stripe_sandbox.cards import Card
from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document


def build_payment_method(
    card: Card, *, expiry: tuple[int, int], email: str, name: str, now: int
) -> Document:
    """The card as Stripe shows it: brand, last four digits and month, never the number."""
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": _build_billing_details(email, name),
        "card": {
            "brand": card.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "pass",
            },
            "country": "US",
            "display_brand": card.brand,
            "exp_month": expiry[0],
            "exp_year": expiry[1],
            "fingerprint": hashlib.sha256(card.number.encode()).hexdigest()[:16],
            "funding": "credit",
            "generated_from": None,
            "last4": card.number[-4:],
            "networks": {"available": [card.brand], "preferred": None},
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "created": now,
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def build_debit_method(kind: str, *, email: str, name: str, now: int) -> Document:
    """The bank account that a debit takes the money from, some days later."""
    fingerprint = hashlib.sha256(email.encode()).hexdigest()[:16]
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": _build_billing_details(email, name),
        "created": now,
        "customer": None,
        "livemode": False,
        "metadata": {},
        kind: describe_account(kind, fingerprint),
        "type": kind,
    }


def _build_billing_details(email: str, name: str) -> Document:
    """Who pays."""
    return {
        "address": {
            "city": None,
            "country": None,
            "line1": None,
            "line2": None,
            "postal_code": None,
            "state": None,
        },
        "email": email,
        "name": name,
        "phone": None,
        "tax_id": None,
    }
