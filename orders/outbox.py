"""The outbox: mail is written down with what it tells about, and sent by whoever claims it first.

A mail that was recorded as sent is never sent again. A worker killed between the mail server's yes
and the record of it leaves a claim that ends; the mail then goes out once more, with the same
Message-ID, rather than perhaps not at all.
"""

import logging
import time
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from orders.emails import build_message
from orders.models import Order, OutgoingEmail
from shopsite.broker import send_task
from shopsite.lib import mail
from shopsite.lib.pdf import PdfError

logger = logging.getLogger(__name__)

SEND_TASK = "orders.tasks.send_outgoing_email"
RETRY_MINUTES = (1, 2, 5, 15, 60, 180, 360)  # Then every six hours, for two days in all.
MAX_ATTEMPTS = 14
SWEEP_SECONDS = 20  # And one more time-out of the mail server; beat comes every thirty.
SENDS_WITHOUT_PDF_AFTER = 3  # A confirmation without its PDF beats none; the link is in it.

State = OutgoingEmail.State


@transaction.atomic
def queue_email(order: Order, kind: OutgoingEmail.Kind) -> OutgoingEmail:
    """Writes the mail into the outbox, once per order and kind; after commit a worker is told."""
    email, is_new = OutgoingEmail.objects.get_or_create(order=order, kind=kind)
    if is_new:
        transaction.on_commit(partial(nudge, email.pk), robust=True)
    return email


def nudge(email_id: int) -> None:
    """Tells a worker about a mail. May fail or be lost: the sweep finds what is left."""
    send_task(SEND_TASK, (email_id,))


def due_emails() -> QuerySet[OutgoingEmail]:
    """What waits, whose time has come, and which nobody is sending at the moment."""
    now = timezone.now()
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return OutgoingEmail.objects.filter(is_free, state=State.PENDING, next_attempt_at__lte=now)


def process_outbox(*, limit: int = 100) -> int:
    """Sends what is due, oldest first; returns how many went out.

    Stops after a while, done or not: a mail server that hangs would keep worker after worker, as
    the next sweep begins while this one waits.
    """
    due = due_emails().order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit]
    deadline = time.monotonic() + SWEEP_SECONDS
    return sum(send_email(pk) for pk in list(due) if time.monotonic() < deadline)


def send_email(email_id: int) -> bool:
    """Sends one mail if it is due and free; True when it went out now.

    Holds no transaction and no lock while it speaks to the mail server.
    """
    claim: dict[str, Any] = {
        "claimed_until": timezone.now() + timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS),
        "attempts": F("attempts") + 1,
    }
    if not due_emails().filter(pk=email_id).update(**claim):
        return False
    email = OutgoingEmail.objects.select_related("order").get(pk=email_id)
    try:
        with_pdf = email.attempts <= SENDS_WITHOUT_PDF_AFTER
        mail.send(build_message(email, with_pdf=with_pdf))
    except Exception as error:  # noqa: BLE001 - whatever went wrong is kept and tried again
        _record_failure(email, error)
        return False
    OutgoingEmail.objects.filter(pk=email.pk).update(
        state=State.SENT, sent_at=timezone.now(), claimed_until=None, last_error=""
    )
    return True


def _record_failure(email: OutgoingEmail, error: Exception) -> None:
    is_final = mail.is_permanent(error) or email.attempts >= MAX_ATTEMPTS
    if isinstance(error, PdfError):
        is_final = False
    minutes = RETRY_MINUTES[min(email.attempts, len(RETRY_MINUTES)) - 1]
    OutgoingEmail.objects.filter(pk=email.pk).update(
        state=State.FAILED if is_final else State.PENDING,
        next_attempt_at=timezone.now() + timedelta(minutes=minutes),
        claimed_until=None,
        # The type alone: the text of an SMTP error may hold the shopper's address.
        last_error=type(error).__name__,
    )
    logger.warning("Mail %s was not sent (%s).", email.pk, type(error).__name__)
