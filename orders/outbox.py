"""The mails of orders in the outbox: one of each kind for an order."""

from django.core.mail import EmailMultiAlternatives

from orders.emails import build_message
from orders.models import SHOPPER_MAILS, Order, OutgoingEmail
from shopsite.cms.outbox import Outbox

SENDS_WITHOUT_PDF_AFTER = 3  # A confirmation without its PDF beats none; the link is in it.


def _build(email: OutgoingEmail) -> EmailMultiAlternatives | None:
    if email.order.is_erased and email.kind in SHOPPER_MAILS:
        return None  # There is nobody to be told.
    message = build_message(email, with_pdf=email.attempts <= SENDS_WITHOUT_PDF_AFTER)
    # What the log says of the words a mail was sent with.
    OutgoingEmail.objects.filter(pk=email.pk).update(words_revision=email.words_revision_id)
    return message


OUTBOX = Outbox(
    model=OutgoingEmail, send_task_name="orders.tasks.send_outgoing_email", build=_build
)


def queue_email(
    order: Order, kind: OutgoingEmail.Kind, *, about: str = "", copy: int = 0
) -> OutgoingEmail:
    """Writes the mail into the outbox, once per order, kind, what it is about and copy; after
    commit a worker is told."""
    email: OutgoingEmail = OUTBOX.queue(order=order, kind=kind, about=about, copy=copy)
    return email


def take_back_unsent(order: Order, *kinds: OutgoingEmail.Kind) -> None:
    """Takes mails out that are not true any more. One that is being sent at the moment stays."""
    order.emails.filter(
        kind__in=kinds, state=OutgoingEmail.State.PENDING, claimed_until__isnull=True
    ).delete()


def process_outbox(*, limit: int = 100) -> int:
    """Sends what is due, oldest first; returns how many went out."""
    return OUTBOX.process(limit=limit)


def send_email(email_id: int) -> bool:
    """Sends one mail if it is due and free; True when it went out now."""
    return OUTBOX.send(email_id)
