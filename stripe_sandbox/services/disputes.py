"""The life of a dispute: opened by a bank, answered by the shop, decided by the bank."""

from stripe_sandbox.errors import ApiError, no_such
from stripe_sandbox.resources.disputes import build_dispute
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

KIND = "dispute"
OPEN = ("needs_response", "under_review")


def open_dispute(unit: UnitOfWork, payment_intent: str, reason: str = "fraudulent") -> Document:
    """The payer's bank takes the money of a payment back until it is decided.

    Raises ApiError when nothing was paid, or when the payment is disputed already.
    """
    intent = unit.records.find("payment_intent", payment_intent)
    if intent is None:
        raise no_such("payment_intent", payment_intent)
    if intent["status"] != "succeeded":
        raise ApiError(f"This PaymentIntent ({payment_intent}) was not paid.")
    charge = unit.records.get("charge", intent["latest_charge"])
    if charge["disputed"]:
        raise ApiError(f"Charge {charge['id']} is disputed already.", code="charge_disputed")
    dispute = build_dispute(charge, reason=reason, now=unit.now)
    unit.records.insert(dispute, parent=charge["id"])
    charge["disputed"] = True
    unit.records.save(charge)
    unit.emit("charge.dispute.created", dispute)
    unit.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def answer_dispute(unit: UnitOfWork, dispute_id: str) -> Document:
    """The shop hands in what it has to say. Raises ApiError unless that is waited for."""
    dispute = _load(unit, dispute_id)
    if dispute["status"] != "needs_response":
        raise ApiError(f"Dispute {dispute_id} does not wait for an answer.")
    dispute["status"] = "under_review"
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
    unit.records.save(dispute)
    unit.emit("charge.dispute.updated", dispute, previous_attributes={"status": "needs_response"})
    return dispute


def close_dispute(unit: UnitOfWork, dispute_id: str, *, won: bool) -> Document:
    """The bank decides, also about one that was never answered. Raises ApiError once it has."""
    dispute = _load(unit, dispute_id)
    if dispute["status"] not in OPEN:
        raise ApiError(f"Dispute {dispute_id} is closed.")
    dispute["status"] = "won" if won else "lost"
    unit.records.save(dispute)
    if won:
        unit.emit("charge.dispute.funds_reinstated", dispute)
    unit.emit("charge.dispute.closed", dispute)
    return dispute


def find_dispute(unit: UnitOfWork, charge: Document) -> Document | None:
    """The dispute about a charge, or None."""
    found = unit.records.list_all(KIND, parent=charge["id"])
    return found[0] if found else None


def _load(unit: UnitOfWork, dispute_id: str) -> Document:
    dispute = unit.records.find(KIND, dispute_id)
    if dispute is None:
        raise no_such(KIND, dispute_id)
    return dispute
