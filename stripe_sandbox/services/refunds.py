"""Money back."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.errors import ApiError, InvalidParameter, no_such
from stripe_sandbox.ids import new_id
from stripe_sandbox.money import format_amount
from stripe_sandbox.resources.refunds import build_refund
from stripe_sandbox.rules.common import check_metadata, not_played
from stripe_sandbox.services.disputes import find_dispute
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_NOT_PLAYED = {
    "currency", "customer", "instructions_email", "origin", "refund_application_fee",
    "reverse_transfer",
}  # fmt: skip


def create_refund(unit: UnitOfWork, params: Mapping[str, Any]) -> Document:
    """Refunds a charge in part or, without ``amount``, what is left of it.

    Raises ApiError when there is no charge, nothing left, less left than asked for, or when a bank
    has taken the money back.
    """
    _check(params)
    charge = _find_charge(unit, params)
    dispute = find_dispute(unit, charge)
    if dispute is not None and dispute["status"] != "won":
        raise ApiError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise ApiError(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    amount = params.get("amount", left)
    if amount > left:
        raise ApiError(
            f"Refund amount ({format_amount(amount, charge['currency'])}) is greater than "
            f"unrefunded amount on charge ({format_amount(left, charge['currency'])})",
            param="amount",
        )
    refund = build_refund(
        charge,
        amount=amount,
        reason=params.get("reason"),
        metadata=params.get("metadata") or {},
        now=unit.now,
    )
    unit.records.insert(refund, parent=charge["id"])
    unit.emit("refund.created", refund)
    _count_refund(unit, charge, amount)
    _receive_bank_reference(unit, refund)
    return refund


def refund_by_hand(
    unit: UnitOfWork, payment_intent: str, *, amount: int | None = None, fails: bool = False
) -> Document:
    """A refund of somebody at the dashboard: all that is left without ``amount``. One that
    ``fails`` succeeds at first, as they do, and is sent back by the bank."""
    params: dict[str, Any] = {"payment_intent": payment_intent}
    if amount is not None:
        params["amount"] = amount
    refund = create_refund(unit, params)
    return fail_refund(unit, refund["id"]) if fails else refund


def fail_refund(unit: UnitOfWork, refund_id: str) -> Document:
    """The payer's bank sends the money of a refund back. Raises ApiError when it has already."""
    refund = unit.records.find("refund", refund_id)
    if refund is None:
        raise no_such("refund", refund_id)
    if refund["status"] != "succeeded":
        raise ApiError(f"Refund {refund_id} is {refund['status']}.")
    refund |= {
        "status": "failed",
        "failure_reason": "expired_or_canceled_card",
        "failure_balance_transaction": new_id("txn"),
    }
    unit.records.save(refund)
    charge = unit.records.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    unit.records.save(charge)
    unit.emit("refund.updated", refund, previous_attributes={"status": "succeeded"})
    unit.emit("refund.failed", refund)
    return refund


def _check(params: Mapping[str, Any]) -> None:
    for name in params:
        if name in _NOT_PLAYED:
            raise not_played(name)
    if "charge" in params and "payment_intent" in params:
        raise InvalidParameter(
            "You may only specify one of these parameters: charge, payment_intent.",
            param=None,
            code="parameters_exclusive",
        )
    if "charge" not in params and "payment_intent" not in params:
        raise InvalidParameter(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            param="charge",
            code="parameter_missing",
        )
    if params.get("amount", 1) < 1:
        raise InvalidParameter(
            "This value must be greater than or equal to 1.",
            param="amount",
            code="parameter_invalid_integer",
        )
    check_metadata(params.get("metadata") or {}, "metadata")


def _find_charge(unit: UnitOfWork, params: Mapping[str, Any]) -> Document:
    if "charge" in params:
        charge = unit.records.find("charge", params["charge"])
        if charge is None:
            raise no_such("charge", params["charge"], param="charge", status=400)
        if charge["paid"]:
            return charge
        raise ApiError(f"Charge {charge['id']} has failed and cannot be refunded.", param="charge")
    intent = unit.records.find("payment_intent", params["payment_intent"])
    if intent is None:
        raise no_such(
            "payment_intent", params["payment_intent"], param="payment_intent", status=400
        )
    if intent["status"] != "succeeded":
        raise ApiError(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return unit.records.get("charge", intent["latest_charge"])


def _count_refund(unit: UnitOfWork, charge: Document, amount: int) -> None:
    previous = {"amount_refunded": charge["amount_refunded"]}
    charge["amount_refunded"] += amount
    if charge["amount_refunded"] == charge["amount_captured"]:
        previous["refunded"] = False
        charge["refunded"] = True
    unit.records.save(charge)
    unit.emit("charge.refunded", charge, previous_attributes=previous)


def _receive_bank_reference(unit: UnitOfWork, refund: Document) -> None:
    """Stripe learns the bank's reference soon after; the sandbox does not make anybody wait."""
    card = refund["destination_details"]["card"]
    card["reference"] = new_id("arn")[4:]
    card["reference_status"] = "available"
    unit.records.save(refund)
    unit.emit(
        "refund.updated",
        refund,
        previous_attributes={
            "destination_details": {"card": {"reference": None, "reference_status": "pending"}}
        },
    )
