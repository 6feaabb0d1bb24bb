"""What an event of Stripe's does to its order. How events are kept is `checkout/inbox.py`'s."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from checkout.failures import failure_report, failure_words
from checkout.gateway import CheckoutSession, is_live_mode
from checkout.models import WebhookEvent
from checkout.sessions import Outcome, apply_checkout_session
from orders.disputes import record_dispute
from orders.models import Order, Payment, PaymentAttempt
from orders.refund_records import record_refund
from shopsite.lib.money import Money

logger = logging.getLogger(__name__)

State = WebhookEvent.State
Result = tuple[WebhookEvent.State, Order | None]

FACTS = ("id", "amount", "currency", "status", "payment_intent")


def apply_event(row: WebhookEvent, session: CheckoutSession | None) -> Result:
    """Does what the event asks for and says how that went. `session` belongs to an event that
    tells of one. Must run in a transaction that holds the row."""
    if row.is_live != is_live_mode():
        return State.IGNORED, None
    if row.type in SESSION_EVENTS and session is not None:
        return _apply_session(row, session)
    if row.type in MONEY_BACK_EVENTS:
        return _apply_money_back(row)
    return State.IGNORED, None


def _apply_session(row: WebhookEvent, session: CheckoutSession) -> Result:
    outcome, order = apply_checkout_session(
        session,
        source=f"webhook {row.type}",
        payment_failed=row.type == "checkout.session.async_payment_failed",
    )
    if outcome is Outcome.UNKNOWN:
        return State.UNMATCHED, None
    if session.payment_intent:
        _apply_waiting(session.payment_intent)
    return State.APPLIED, order


def _apply_money_back(row: WebhookEvent) -> Result:
    payment = Payment.objects.filter(payment_intent=row.facts.get("payment_intent") or "").first()
    if payment is None:
        return State.UNMATCHED, None
    facts = {**row.facts, "told_at": row.created_at}
    MONEY_BACK_EVENTS[row.type](payment, facts, f"webhook {row.type}")
    return State.APPLIED, payment.order


def facts_of(event_type: str, data: dict[str, Any]) -> dict[str, Any]:
    """What of a refund or a dispute has to be known to record it, now or later; of all else
    nothing. The reference is what our own request for a refund wrote into it."""
    if event_type not in MONEY_BACK_EVENTS:
        return {}
    facts = {name: data.get(name) for name in FACTS}
    due_by = (data.get("evidence_details") or {}).get("due_by")
    reference = str((data.get("metadata") or {}).get("refund", ""))
    return {**facts, "due_by": due_by, "reference": reference}


def find_order(row: WebhookEvent) -> Order | None:
    """The order that an event is about, before anything is done about it."""
    if row.type in SESSION_EVENTS:
        attempt = PaymentAttempt.objects.filter(session_id=row.object_id).first()
        return attempt.order if attempt else None
    payment = Payment.objects.filter(payment_intent=row.payment_intent or None).first()
    return payment.order if payment else None


def _amount(facts: dict[str, Any]) -> Money:
    return Money.from_minor(int(facts["amount"]), str(facts["currency"]).upper())


def _record_refund(payment: Payment, facts: dict[str, Any], source: str) -> None:
    record_refund(
        payment,
        stripe_id=str(facts["id"]),
        amount=_amount(facts),
        state=str(facts["status"]),
        source=source,
        reference=facts.get("reference", ""),
    )


def _record_dispute(payment: Payment, facts: dict[str, Any], source: str) -> None:
    due_by = facts.get("due_by")
    record_dispute(
        payment,
        stripe_id=str(facts["id"]),
        amount=_amount(facts),
        state=str(facts["status"]),
        due_by=datetime.fromtimestamp(int(due_by), tz=UTC) if due_by else None,
        told_at=facts["told_at"],
        source=source,
    )


def _apply_waiting(payment_intent: str) -> None:
    """Applies refunds and disputes that arrived before the payment they belong to. One that is
    being taken in at this moment is left to whoever does that, or to the next run of beat: waiting
    for it with the order locked would be a deadlock."""
    waiting = WebhookEvent.objects.filter(payment_intent=payment_intent, state=State.UNMATCHED)
    for row in waiting.filter(type__in=MONEY_BACK_EVENTS).select_for_update(skip_locked=True):
        _apply_one_waiting(row)


def _apply_one_waiting(row: WebhookEvent) -> None:
    """One that fails takes neither the payment with it nor those that wait beside it."""
    rows = WebhookEvent.objects.filter(pk=row.pk)
    try:
        with transaction.atomic():
            state, order = _apply_money_back(row)
    except Exception as error:  # noqa: BLE001 - told without its words
        logger.error("Event %s failed after its payment.\n%s", row.event_id, failure_report(error))
        order, words = find_order(row), failure_words(error)[:200]
        # Beat takes it up, with the pauses of any other that failed.
        again = {"handled_at": None, "next_attempt_at": timezone.now(), "last_error": words}
        rows.update(state=State.FAILED, order=order, **again)
    else:
        rows.update(state=state, order=order)


def apply_waiting_events() -> None:
    """Applies what waits for payments that were recorded by other ways than a webhook, or by one
    that was committed at the same moment."""
    waiting = WebhookEvent.objects.filter(state=State.UNMATCHED, type__in=MONEY_BACK_EVENTS)
    paid = waiting.filter(payment_intent__in=Payment.objects.values("payment_intent"))
    for intent in set(paid.values_list("payment_intent", flat=True)):
        with transaction.atomic():
            _apply_waiting(intent)


SESSION_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)
MONEY_BACK_EVENTS: dict[str, Callable[[Payment, dict[str, Any], str], None]] = {
    "refund.created": _record_refund,
    "refund.updated": _record_refund,
    "refund.failed": _record_refund,
    "charge.dispute.created": _record_dispute,
    "charge.dispute.updated": _record_dispute,
    "charge.dispute.closed": _record_dispute,
    # Without "won" in it this is money of something else, such as a part that was refunded before.
    "charge.dispute.funds_reinstated": _record_dispute,
}
