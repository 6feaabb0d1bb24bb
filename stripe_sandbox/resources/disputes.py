"""Disputes: a payer's bank wants the money back."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document

DAYS_TO_ANSWER = 9
_DAY = 24 * 60 * 60


def build_dispute(charge: Mapping[str, Any], *, reason: str, now: int) -> Document:
    """About all of a charge; it can be answered until midnight (UTC) of a day of next week."""
    due_by = (now // _DAY + DAYS_TO_ANSWER) * _DAY - 1
    card = charge["payment_method_details"]["card"]
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "manual",
        },
        "intended_submission_method": None,
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "network_reason_code": "10",
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": card["brand"],
                "case_type": "chargeback",
                "network": card["network"],
                "network_reason_code": "10",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
