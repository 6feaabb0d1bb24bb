"""What the hosted page does when a person pays."""

from dataclasses import dataclass, field
from enum import Enum

from stripe_sandbox.cards import AUTHENTICATION_FAILED, Decline, find_card
from stripe_sandbox.resources.charges import build_charge
from stripe_sandbox.resources.payment_intents import build_payment_error, build_payment_intent
from stripe_sandbox.resources.payment_methods import build_payment_method
from stripe_sandbox.resources.sessions import build_customer_details, choose_shipping
from stripe_sandbox.services.disputes import open_dispute
from stripe_sandbox.services.sessions import load_session
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork


class Outcome(Enum):
    """How a try to pay ended."""

    PAID = "paid"
    ALREADY_PAID = "already_paid"
    DECLINED = "declined"
    NEEDS_AUTHENTICATION = "needs_authentication"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class PaymentDetails:
    """What the payer typed, checked already. ``expiry`` is (month, four-digit year)."""

    email: str
    name: str
    card_number: str = field(repr=False)
    expiry: tuple[int, int]
    shipping_rate: str | None = None


@dataclass(frozen=True)
class PaymentResult:
    """The outcome, the session after it, and for a decline the sentence for the payer."""

    outcome: Outcome
    session: Document
    message: str = ""
    completed_event: str | None = None


def submit_payment(unit: UnitOfWork, session_id: str, details: PaymentDetails) -> PaymentResult:
    """One press of the Pay button.

    A session that is complete is not charged again: the second of two presses gets ALREADY_PAID.
    A decline leaves the session open. Raises ApiError (404) for an unknown session.
    """
    session = load_session(unit, session_id)
    if session["status"] != "open":
        return closed_result(session)
    take_shipping_choice(session, details.shipping_rate)
    if session["amount_total"] == 0:
        payer = {"email": details.email, "name": details.name or None}
        return complete_session(unit, session, payer, payment_status="no_payment_required")
    intent = load_or_create_intent(unit, session)
    card = find_card(details.card_number)
    method = build_payment_method(
        card, expiry=details.expiry, email=details.email, name=details.name, now=unit.now
    )
    unit.records.insert(method)
    if card.decline is not None:
        return _decline(unit, session, intent, method, card.decline)
    intent["payment_method"] = method["id"]
    intent["last_payment_error"] = None
    if card.authenticates:
        return _ask_for_authentication(unit, session, intent)
    result = _pay(unit, session, intent, method, authenticated=False)
    if card.is_disputed:
        open_dispute(unit, intent["id"])
    return result


def finish_authentication(
    unit: UnitOfWork, session_id: str, *, authenticated: bool
) -> PaymentResult:
    """The payer comes back from the bank. Without a pending authentication nothing happens."""
    session = load_session(unit, session_id)
    if session["status"] != "open":
        return closed_result(session)
    intent = find_pending_authentication(unit, session)
    if intent is None:
        return PaymentResult(Outcome.DECLINED, session, "There is nothing to authenticate.")
    method = unit.records.get("payment_method", intent["payment_method"])
    intent["next_action"] = None
    if authenticated:
        return _pay(unit, session, intent, method, authenticated=True)
    return _refuse(unit, session, intent, method, AUTHENTICATION_FAILED, charge_id=None)


def find_pending_authentication(unit: UnitOfWork, session: Document) -> Document | None:
    """The session's payment intent if it waits for 3-D Secure, else None."""
    if session["payment_intent"] is None:
        return None
    intent = unit.records.get("payment_intent", session["payment_intent"])
    return intent if intent["status"] == "requires_action" else None


def total_to_pay(session: Document, shipping_rate: str | None) -> int:
    """The total with this shipping rate, or as it stands when the session does not offer it."""
    for option in session["shipping_options"]:
        if option["shipping_rate"] == shipping_rate:
            return int(session["amount_subtotal"] + option["shipping_amount"])
    return int(session["amount_total"])


def closed_result(session: Document) -> PaymentResult:
    """The outcome for whoever comes to a session that is not open any more."""
    paid = session["status"] == "complete"
    return PaymentResult(Outcome.ALREADY_PAID if paid else Outcome.EXPIRED, session)


def take_shipping_choice(session: Document, shipping_rate: str | None) -> None:
    """Puts the payer's choice into the session's total, if the session offers it."""
    for option in session["shipping_options"]:
        if option["shipping_rate"] == shipping_rate:
            choose_shipping(session, option)


def load_or_create_intent(unit: UnitOfWork, session: Document) -> Document:
    """Stripe makes the intent at the first submit and keeps it for every further try."""
    if session["payment_intent"] is not None:
        intent = unit.records.get("payment_intent", session["payment_intent"])
        intent["amount"] = session["amount_total"]
        intent["next_action"] = None
        return intent
    data = unit.records.private(session["id"])["payment_intent_data"]
    intent = build_payment_intent(session, data, now=unit.now)
    unit.records.insert(intent)
    unit.emit("payment_intent.created", intent)
    session["payment_intent"] = intent["id"]
    return intent


def _ask_for_authentication(unit: UnitOfWork, session: Document, intent: Document) -> PaymentResult:
    page = f"{unit.settings.base_url}/c/pay/{session['id']}"
    intent["status"] = "requires_action"
    intent["next_action"] = {
        "type": "redirect_to_url",
        "redirect_to_url": {"url": f"{page}/authenticate", "return_url": page},
    }
    unit.records.save(intent)
    unit.records.save(session)
    unit.emit("payment_intent.requires_action", intent)
    return PaymentResult(Outcome.NEEDS_AUTHENTICATION, session)


def _decline(
    unit: UnitOfWork, session: Document, intent: Document, method: Document, decline: Decline
) -> PaymentResult:
    charge = build_charge(intent, method, decline=decline, authenticated=False, now=unit.now)
    unit.records.insert(charge, parent=intent["id"])
    unit.emit("charge.failed", charge)
    intent["latest_charge"] = charge["id"]
    return _refuse(unit, session, intent, method, decline, charge_id=charge["id"])


def _refuse(
    unit: UnitOfWork,
    session: Document,
    intent: Document,
    method: Document,
    decline: Decline,
    *,
    charge_id: str | None,
) -> PaymentResult:
    intent["status"] = "requires_payment_method"
    intent["payment_method"] = None
    intent["last_payment_error"] = build_payment_error(decline, method, charge_id)
    unit.records.save(intent)
    unit.records.save(session)
    unit.emit("payment_intent.payment_failed", intent)
    return PaymentResult(Outcome.DECLINED, session, decline.message)


def _pay(
    unit: UnitOfWork,
    session: Document,
    intent: Document,
    method: Document,
    *,
    authenticated: bool,
) -> PaymentResult:
    charge = build_charge(intent, method, decline=None, authenticated=authenticated, now=unit.now)
    unit.records.insert(charge, parent=intent["id"])
    intent["status"] = "succeeded"
    intent["amount_received"] = intent["amount"]
    intent["latest_charge"] = charge["id"]
    unit.records.save(intent)
    unit.emit("charge.succeeded", charge)
    unit.emit("payment_intent.succeeded", intent)
    return complete_session(unit, session, method["billing_details"], payment_status="paid")


def complete_session(
    unit: UnitOfWork, session: Document, payer: Document, *, payment_status: str
) -> PaymentResult:
    """Closes a session that was submitted, whether or not its money is there already."""
    session["status"] = "complete"
    session["customer_details"] = build_customer_details(payer["email"], payer["name"])
    session["payment_status"] = payment_status
    session["url"] = None
    unit.records.save(session)
    event = unit.emit("checkout.session.completed", session)
    return PaymentResult(Outcome.PAID, session, completed_event=event)
