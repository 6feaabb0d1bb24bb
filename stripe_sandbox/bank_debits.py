"""The bank debits that an account can offer, each for one currency, and the account that pays.

Checkout offers a debit only where all prices are in its currency. The numbers are those that
Stripe's documentation gives for tests.
"""

from typing import Any

_ACCOUNTS: dict[str, tuple[str, dict[str, Any]]] = {
    "eur": (
        "sepa_debit",
        {"bank_code": "37040044", "branch_code": "", "country": "DE", "last4": "3000"},
    ),
    "gbp": ("bacs_debit", {"last4": "2345", "sort_code": "108800"}),
    "usd": (
        "us_bank_account",
        {
            "account_holder_type": "individual",
            "account_type": "checking",
            "bank_name": "STRIPE TEST BANK",
            "last4": "6789",
            "routing_number": "110000000",
        },
    ),
    "cad": (
        "acss_debit",
        {
            "bank_name": "STRIPE TEST BANK",
            "institution_number": "000",
            "last4": "6789",
            "transit_number": "11000",
        },
    ),
    "aud": ("au_becs_debit", {"bsb_number": "000000", "last4": "3456"}),
}
_DEBITS = frozenset(kind for kind, _ in _ACCOUNTS.values())

# What Stripe keeps of the account besides, and does not say of a single charge.
_KEPT_ONLY: dict[str, dict[str, Any]] = {
    "sepa_debit": {"generated_from": None},
    "us_bank_account": {
        "financial_connections_account": None,
        "networks": {"preferred": "ach", "supported": ["ach"]},
        "status_details": None,
    },
}


def debit_for(currency: str) -> str | None:
    """The type of the debit for a currency (lower case), or None where there is none."""
    return _ACCOUNTS[currency][0] if currency in _ACCOUNTS else None


def find_debit(payment_method_types: list[str]) -> str | None:
    """The debit among what a session offers."""
    return next((kind for kind in payment_method_types if kind in _DEBITS), None)


def describe_account(kind: str, fingerprint: str) -> dict[str, Any]:
    """The payer's account as a payment method shows it."""
    return _account(kind) | {"fingerprint": fingerprint} | _KEPT_ONLY.get(kind, {})


def describe_charged_account(kind: str, fingerprint: str, mandate: str) -> dict[str, Any]:
    """The account as a charge shows it."""
    extra = {"payment_reference": None} if kind == "us_bank_account" else {}
    charged = {"expected_debit_date": None, "fingerprint": fingerprint, "mandate": mandate}
    return _account(kind) | charged | extra


def _account(kind: str) -> dict[str, Any]:
    return next(dict(account) for name, account in _ACCOUNTS.values() if name == kind)
