"""The outbox: mail is written down with what it tells about, and sent by whoever claims it first.

A mail that was recorded as sent is never sent again. A worker killed between the mail server's yes
and the record of it leaves a claim that ends; the mail then goes out once more, with the same
Message-ID, rather than perhaps not at all.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from shopsite.broker import send_task
from shopsite.cms.models import OutboxEmail
from shopsite.lib import mail

logger = logging.getLogger(__name__)

RETRY_MINUTES = (1, 2, 5, 15, 60, 180, 360)  # Then every six hours, for two days in all.
MAX_ATTEMPTS = 14
SWEEP_SECONDS = 20  # And one more time-out of the mail server; beat comes every thirty.

State = OutboxEmail.State


@dataclass(frozen=True)
class Outbox:
    """The mails of one table. `send_task_name` is the Celery task that sends one by its key,
    `build` makes the message of a row, always with the same Message-ID; None if it turns out that
    there is nothing to say, and then the row is done with."""

    model: type[OutboxEmail]
    send_task_name: str
    build: Callable[[Any], EmailMultiAlternatives | None]

    def queue(self, **row: Any) -> Any:
        """Writes the mail down, once for the same values; after commit a worker is told.

        Belongs into the transaction of what the mail tells about.
        """
        with transaction.atomic(savepoint=False):
            email, is_new = self.model._default_manager.get_or_create(**row)
            if is_new:
                transaction.on_commit(partial(self.nudge, email.pk), robust=True)
        return email

    def nudge(self, email_id: int) -> None:
        """Tells a worker about a mail. May fail or be lost: the sweep finds what is left."""
        send_task(self.send_task_name, (email_id,))

    def due(self) -> QuerySet[Any]:
        """What waits, whose time has come, and which nobody is sending at the moment."""
        return _due(self.model)

    def process(self, *, limit: int = 100) -> int:
        """Sends what is due, oldest first; returns how many went out.

        Stops after a while, done or not: a mail server that hangs would keep worker after worker,
        as the next sweep begins while this one waits.
        """
        due = self.due().order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit]
        deadline = time.monotonic() + SWEEP_SECONDS
        return sum(self.send(pk) for pk in list(due) if time.monotonic() < deadline)

    def send(self, email_id: int) -> bool:
        """Sends one mail if it is due and free; True when it went out now.

        Holds no transaction and no lock while it speaks to the mail server.
        """
        claim: dict[str, Any] = {
            "claimed_until": timezone.now() + timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS),
            "attempts": F("attempts") + 1,
        }
        rows = self.model._default_manager.filter(pk=email_id)
        if not self.due().filter(pk=email_id).update(**claim):
            return False
        email = rows.get()
        try:
            message = self.build(email)
            if message is None:
                rows.update(state=State.SENT, claimed_until=None)
                return False
            mail.send(message)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is kept and tried again
            rows.update(**_failure(email, error))
            logger.warning("%s %s was not sent (%s).", email._meta.label, email.pk, _name(error))
            return False
        rows.update(state=State.SENT, sent_at=timezone.now(), claimed_until=None, last_error="")
        return True


def seconds_overdue() -> int:
    """For how long the mail of all outboxes that is due longest has waited to be tried.

    The sweep comes every half minute, so more than some minutes means that no worker runs, or no
    beat. What a mail server refuses has its next try in the future and is not counted.
    """
    models = (model for model in apps.get_models() if issubclass(model, OutboxEmail))
    since = [_due(model).aggregate(since=Min("next_attempt_at"))["since"] for model in models]
    oldest = min((moment for moment in since if moment), default=None)
    return int((timezone.now() - oldest).total_seconds()) if oldest else 0


def _due(model: type[OutboxEmail]) -> QuerySet[Any]:
    now = timezone.now()
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return model._default_manager.filter(is_free, state=State.PENDING, next_attempt_at__lte=now)


def _failure(email: OutboxEmail, error: Exception) -> dict[str, Any]:
    """What is written down of a mail that did not go out, and when it is tried again."""
    is_final = mail.is_permanent(error) or email.attempts >= MAX_ATTEMPTS
    minutes = RETRY_MINUTES[min(email.attempts, len(RETRY_MINUTES)) - 1]
    return {
        "state": State.FAILED if is_final else State.PENDING,
        # Of one that is given up it is the moment when.
        "next_attempt_at": timezone.now() + timedelta(minutes=0 if is_final else minutes),
        "claimed_until": None,
        "last_error": _name(error),
    }


def _name(error: Exception) -> str:
    """The type alone: the text of an SMTP error may hold the recipient's address."""
    return type(error).__name__
