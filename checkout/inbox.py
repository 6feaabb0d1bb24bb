"""The inbox of Stripe's events: written down first, then applied, and tried again until it works.

Arrival, work and failure are transactions of their own. So an event whose work fails leaves its
trace and none of its effects, and whoever tries next (Stripe, beat or a person) finds it open.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from checkout import gateway
from checkout.events import SESSION_EVENTS, apply_event, facts_of, find_order
from checkout.failures import failure_words
from checkout.models import DONE, WebhookEvent

logger = logging.getLogger(__name__)

State = WebhookEvent.State

# Two minutes after the first attempt, then twice as long each time: about a day and a half in all.
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
MAX_ATTEMPTS = 12

Session = gateway.CheckoutSession


def receive_event(event: gateway.GatewayEvent) -> WebhookEvent:
    """Keeps the event and does what it asks for; a second delivery changes nothing, unless the
    first failed or came too early for its order to be found.

    Raises whatever the work raised, after it was noted: Stripe has to deliver it again. Two
    deliveries at the same moment meet at the unique id, and then at the row's lock.
    """
    return apply_kept(keep_event(event), event)


def apply_kept(row: WebhookEvent, event: gateway.GatewayEvent) -> WebhookEvent:
    """The second half of `receive_event`, for whoever has kept the event before."""
    if row.state in DONE:
        return row
    return _handle(row, lambda: gateway.parse_session(event.object))


def keep_event(event: gateway.GatewayEvent) -> WebhookEvent:
    """A new row, which counts as a first attempt that was begun; or the one of an earlier
    delivery, of which a further attempt begins unless it is done. When this is committed, nothing
    of the event can get lost: beat goes on where whoever kept it came no further."""
    row, is_new = WebhookEvent.objects.get_or_create(
        event_id=event.id,
        defaults={
            "type": event.type[:80],
            "api_version": event.api_version[:40],
            "is_live": event.is_live,
            "state": State.RECEIVED,
            "created_at": event.created_at,
            "object_id": str(event.object.get("id", ""))[:80],
            "payment_intent": _intent_id(event.object),
            "facts": facts_of(event.type, event.object),
            "attempts": 1,
            "next_attempt_at": timezone.now() + FIRST_PAUSE,
        },
    )
    if not is_new and row.state not in DONE:
        begin_attempt(row)
    return row


def begin_attempt(row: WebhookEvent, **condition: Any) -> bool:
    """Counts an attempt before it is made: one that kills its process is counted as well, and the
    next follows after a longer pause, or never. False if the condition does not hold any more."""
    pause = min(FIRST_PAUSE * 2**row.attempts, LONGEST_PAUSE)
    is_last = row.attempts + 1 >= MAX_ATTEMPTS
    rows = WebhookEvent.objects.filter(pk=row.pk, **condition).exclude(state__in=DONE)
    return bool(
        rows.update(
            attempts=F("attempts") + 1,
            next_attempt_at=None if is_last else timezone.now() + pause,
        )
    )


def handle_again(row: WebhookEvent) -> WebhookEvent:
    """With the session as it is at Stripe now: what the event said of it may be overtaken. Asks
    Stripe, so it must not run in a transaction; raises what the work raises, after it was noted."""
    return _handle(row, lambda: gateway.retrieve_session(row.object_id))


def _handle(row: WebhookEvent, read_session: Callable[[], Session]) -> WebhookEvent:
    try:
        session = read_session() if row.type in SESSION_EVENTS else None
        return _apply_once(row.pk, session)
    except Exception as error:
        _note_failure(row, error)
        raise


def lock_event(pk: int) -> WebhookEvent:
    """The event, locked until the transaction ends; see `lock_order`."""
    return WebhookEvent.objects.select_for_update().get(pk=pk)


@transaction.atomic
def _apply_once(pk: int, session: Session | None) -> WebhookEvent:
    row = lock_event(pk)
    if row.state in DONE:
        return row
    row.state, row.order = apply_event(row, session)
    row.handled_at, row.next_attempt_at, row.last_error = timezone.now(), None, ""
    row.save(update_fields=["state", "order", "handled_at", "next_attempt_at", "last_error"])
    return row


def _note_failure(row: WebhookEvent, error: Exception) -> None:
    try:
        WebhookEvent.objects.filter(pk=row.pk).exclude(state__in=DONE).update(
            state=State.FAILED, order=find_order(row), last_error=failure_words(error)[:200]
        )
    except DatabaseError:
        logger.warning("That event %s failed could not be noted.", row.event_id)


def _intent_id(data: dict[str, Any]) -> str:
    intent = data.get("payment_intent")
    return intent[:80] if isinstance(intent, str) else ""
