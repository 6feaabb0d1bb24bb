"""Refunds."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document


def build_refund(
    charge: Mapping[str, Any],
    *,
    amount: int,
    reason: str | None,
    metadata: Mapping[str, str],
    now: int,
) -> Document:
    """A refund to the card, which succeeds at once; the bank's reference comes a little later."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": new_id("txn"),
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": dict(metadata),
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
