"""What becomes of kept events later: tried again by beat, replayed by a person, forgotten."""

import logging
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from checkout.failures import failure_report
from checkout.gateway import GatewayUnavailable
from checkout.inbox import begin_attempt, handle_again
from checkout.models import OPEN, WebhookEvent
from checkout.runs import within_time

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=90)
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
    """Deletes what was done three months ago. What failed stays until somebody has seen to it."""
    old = WebhookEvent.objects.filter(received_at__lt=timezone.now() - KEPT_FOR)
    return old.exclude(state__in=OPEN).delete()[0]


def _due_events() -> QuerySet[WebhookEvent]:
    due = WebhookEvent.objects.filter(state__in=OPEN, next_attempt_at__lte=timezone.now())
    return due.order_by("next_attempt_at")
