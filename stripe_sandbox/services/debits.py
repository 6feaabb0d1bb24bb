"""Bank debits: the session is complete at once, the money comes or fails days later."""

from stripe_sandbox.bank_debits import find_debit
from stripe_sandbox.cards import Decline
from stripe_sandbox.errors import ApiError, no_such
from stripe_sandbox.ids import new_id
from stripe_sandbox.resources.charges import build_charge
from stripe_sandbox.resources.payment_intents import build_payment_error
from stripe_sandbox.resources.payment_methods import build_debit_method
from stripe_sandbox.services.payments import (
    PaymentResult,
    closed_result,
    complete_session,
    load_or_create_intent,
    take_shipping_choice,
)
from stripe_sandbox.services.sessions import load_session
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_FAILED = Decline("debit_not_authorized", None, "The payer's bank did not pay this debit.")


def submit_debit(
    unit: UnitOfWork,
    session_id: str,
    *,
    email: str,
    name: str,
    shipping_rate: str | None = None,
) -> PaymentResult:
    """The payer lets the money be debited. The session is complete and unpaid until the bank said
    what became of it (``settle_debit``). Raises ApiError when the session does not offer it."""
    session = load_session(unit, session_id)
    if session["status"] != "open":
        return closed_result(session)
    take_shipping_choice(session, shipping_rate)
    kind = find_debit(session["payment_method_types"])
    if kind is None or session["amount_total"] == 0:
        raise ApiError(f"Session {session_id} cannot be paid by bank debit.")
    intent = load_or_create_intent(unit, session)
    method = build_debit_method(kind, email=email, name=name, now=unit.now)
    unit.records.insert(method)
    charge = build_charge(
        intent, method, decline=None, authenticated=False, now=unit.now, pending=True
    )
    unit.records.insert(charge, parent=intent["id"])
    intent |= {
        "status": "processing",
        "payment_method": method["id"],
        "latest_charge": charge["id"],
        "last_payment_error": None,
    }
    unit.records.save(intent)
    unit.emit("payment_intent.processing", intent)
    unit.emit("charge.pending", charge)
    return complete_session(unit, session, method["billing_details"], payment_status="unpaid")


def settle_debit(unit: UnitOfWork, payment_intent: str, *, succeeds: bool) -> Document:
    """The bank says what became of a debit. Returns the session; raises ApiError when no debit of
    the payment waits for that."""
    intent = unit.records.find("payment_intent", payment_intent)
    if intent is None:
        raise no_such("payment_intent", payment_intent)
    if intent["status"] != "processing":
        raise ApiError(f"This PaymentIntent ({payment_intent}) does not wait for a bank.")
    charge = unit.records.get("charge", intent["latest_charge"])
    session = _session_of(unit, payment_intent)
    if succeeds:
        _succeed(unit, intent, charge)
        session["payment_status"] = "paid"
        unit.records.save(session)
    else:
        _fail(unit, intent, charge)
    outcome = "succeeded" if succeeds else "failed"
    unit.emit(f"checkout.session.async_payment_{outcome}", session)
    return session


def _succeed(unit: UnitOfWork, intent: Document, charge: Document) -> None:
    charge |= {"status": "succeeded", "paid": True, "balance_transaction": new_id("txn")}
    unit.records.save(charge)
    intent |= {"status": "succeeded", "amount_received": intent["amount"]}
    unit.records.save(intent)
    unit.emit("charge.succeeded", charge)
    unit.emit("payment_intent.succeeded", intent)


def _fail(unit: UnitOfWork, intent: Document, charge: Document) -> None:
    method = unit.records.get("payment_method", intent["payment_method"])
    charge |= {
        "status": "failed",
        "captured": False,
        "amount_captured": 0,
        "failure_code": _FAILED.code,
        "failure_message": _FAILED.message,
    }
    unit.records.save(charge)
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": build_payment_error(_FAILED, method, charge["id"]),
    }
    unit.records.save(intent)
    unit.emit("charge.failed", charge)
    unit.emit("payment_intent.payment_failed", intent)


def _session_of(unit: UnitOfWork, payment_intent: str) -> Document:
    for session in unit.records.list_all("checkout.session"):
        if session["payment_intent"] == payment_intent:
            return session
    raise LookupError(f"No session of {payment_intent}.")
