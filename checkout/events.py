"""The webhook inbox: each event of Stripe's is kept once and applied in the same transaction."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from checkout.gateway import GatewayEvent, is_live_mode, parse_session
from checkout.models import WebhookEvent
from checkout.sessions import Outcome, apply_checkout_session
from orders.models import Order, Payment
from orders.payments import record_dispute
from orders.refund_records import record_refund
from shopsite.lib.money import Money

State = WebhookEvent.State
Result = tuple[WebhookEvent.State, Order | None]

FACTS = ("id", "amount", "currency", "status", "payment_intent")


@transaction.atomic
def receive_event(event: GatewayEvent) -> WebhookEvent:
    """Keeps the event and does what it asks for; a second delivery changes nothing, unless the
    first came too early for its order to be found.

    The row and its effects are one transaction: no event is marked as seen whose work was lost.
    Two deliveries at the same moment meet at the unique id, where one waits for the other.
    """
    row, is_new = WebhookEvent.objects.get_or_create(
        event_id=event.id,
        defaults={
            "type": event.type[:80],
            "api_version": event.api_version[:40],
            "is_live": event.is_live,
            "state": State.IGNORED,
            "created_at": event.created_at,
            "object_id": str(event.object.get("id", ""))[:80],
            "payment_intent": _intent_id(event.object),
        },
    )
    if is_new or row.state == State.UNMATCHED:
        row.state, row.order = _apply(event, row)
        row.save(update_fields=["state", "order", "facts"])
    return row


def _apply(event: GatewayEvent, row: WebhookEvent) -> Result:
    if event.is_live != is_live_mode():
        return State.IGNORED, None
    if event.type in SESSION_EVENTS:
        return _apply_session(event)
    if event.type in MONEY_BACK_EVENTS:
        row.facts = _facts(event.object)
        return _apply_money_back(event.type, row.facts, source=f"webhook {event.type}")
    return State.IGNORED, None


def _apply_session(event: GatewayEvent) -> Result:
    session = parse_session(event.object)
    outcome, order = apply_checkout_session(
        session,
        source=f"webhook {event.type}",
        payment_failed=event.type == "checkout.session.async_payment_failed",
    )
    if outcome is Outcome.UNKNOWN:
        return State.UNMATCHED, None
    if session.payment_intent:
        _apply_waiting(session.payment_intent)
    return State.APPLIED, order


def _apply_money_back(event_type: str, facts: dict[str, Any], *, source: str) -> Result:
    payment = Payment.objects.filter(payment_intent=facts.get("payment_intent") or "").first()
    if payment is None:
        return State.UNMATCHED, None
    MONEY_BACK_EVENTS[event_type](payment, facts, source)
    return State.APPLIED, payment.order


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What of a refund or a dispute has to be known to record it, now or later. The reference is
    what our own request for a refund wrote into it."""
    facts = {name: data.get(name) for name in FACTS}
    return {**facts, "reference": str((data.get("metadata") or {}).get("refund", ""))}


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
    record_dispute(
        payment,
        stripe_id=str(facts["id"]),
        amount=_amount(facts),
        state=str(facts["status"]),
        source=source,
    )


def _apply_waiting(payment_intent: str) -> None:
    """Applies refunds and disputes that arrived before the payment they belong to."""
    waiting = WebhookEvent.objects.filter(payment_intent=payment_intent, state=State.UNMATCHED)
    for row in waiting.filter(type__in=MONEY_BACK_EVENTS):
        state, order = _apply_money_back(row.type, row.facts, source=f"webhook {row.type}")
        WebhookEvent.objects.filter(pk=row.pk).update(state=state, order=order)


def apply_waiting_events() -> None:
    """Applies what waits for payments that were recorded by other ways than a webhook, or by one
    that was committed at the same moment."""
    waiting = WebhookEvent.objects.filter(state=State.UNMATCHED, type__in=MONEY_BACK_EVENTS)
    paid = waiting.filter(payment_intent__in=Payment.objects.values("payment_intent"))
    for intent in set(paid.values_list("payment_intent", flat=True)):
        with transaction.atomic():
            _apply_waiting(intent)


def _intent_id(data: dict[str, Any]) -> str:
    intent = data.get("payment_intent")
    return intent[:80] if isinstance(intent, str) else ""


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
}
