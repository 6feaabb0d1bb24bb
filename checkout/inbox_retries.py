"""What becomes of kept events later: tried again by beat, replayed by a person, forgotten."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from checkout.failures import failure_report
from checkout.gateway import GatewayUnavailable
from checkout.inbox import begin_attempt, handle_again
from checkout.models import OPEN, WebhookEvent
from checkout.runs import within_time
from shopsite.lib.days import kept_since

logger = logging.getLogger(__name__)

# What is left of an event when it is forgotten: that there was one, when, and what became of it.
EMPTY: dict[str, Any] = {"facts": {}, "object_id": "", "payment_intent": "", "last_error": ""}
REPLAYED = "checkout.replay_event"  # What the log of the admin calls it.


def failed_events() -> QuerySet[WebhookEvent]:
    """Those that a person should know of, while the shop goes on trying or has given up."""
    return WebhookEvent.objects.filter(state=WebhookEvent.State.FAILED)


def _note_given_up() -> None:
    """An event that killed its process each time could note no failure."""
    given_up = WebhookEvent.objects.filter(
        state=WebhookEvent.State.RECEIVED, next_attempt_at=None, handled_at=None
    )
    given_up.update(state=WebhookEvent.State.FAILED, last_error="Never came to an end")


def retry_events(*, limit: int = 50) -> int:
    """Tries again what failed or was never finished, once its pause is over; returns how many were
    tried. Each by itself, so that one which fails again does not keep the others."""
    _note_given_up()
    tried = 0
    for row in within_time(_due_events()[:limit]):
        if not begin_attempt(row, next_attempt_at=row.next_attempt_at):
            continue  # Somebody else was quicker.
        tried += 1
        try:
            handle_again(row)
        except GatewayUnavailable as error:
            logger.warning("Stripe does not answer (%s); the rest waits for the next run.", error)
            break
        except Exception as error:  # noqa: BLE001 - told without its words
            logger.error("Event %s failed again.\n%s", row.event_id, failure_report(error))
    return tried


def replay_event(row: WebhookEvent, *, user: User | None) -> WebhookEvent:
    """Tries an event again now, because a person says so, and logs who. One that was applied, or
    that asks for nothing, stays as it is. Stripe may be asked, so this must not run in a
    transaction; raises what the work raises, after it was noted."""
    if not row.can_be_replayed:
        return row
    log(row, REPLAYED, user=user)
    begin_attempt(row)
    return handle_again(row)


def forget_old_events() -> int:
    """Empties what was done EVENT_DAYS ago and returns how many. The row stays, so that the same
    event is known for ever. What failed stays as it is until somebody has seen to it."""
    before = kept_since(settings.EVENT_DAYS)
    if before is None:
        return 0
    return empty_events(WebhookEvent.objects.filter(received_at__lt=before))


def empty_events(events: QuerySet[WebhookEvent]) -> int:
    """Takes out of them what Stripe said; of those that are open, nothing. Returns how many were
    changed now."""
    full = events.exclude(state__in=OPEN).exclude(**EMPTY)
    return full.update(**EMPTY)


def _due_events() -> QuerySet[WebhookEvent]:
    due = WebhookEvent.objects.filter(state__in=OPEN, next_attempt_at__lte=timezone.now())
    return due.order_by("next_attempt_at")
