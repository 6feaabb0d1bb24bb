"""The mails of orders in the outbox: one of each kind for an order."""

from django.core.mail import EmailMultiAlternatives

from orders.emails import build_message
from orders.models import Order, OutgoingEmail
from shopsite.cms.outbox import Outbox

SENDS_WITHOUT_PDF_AFTER = 3  # A confirmation without its PDF beats none; the link is in it.


def _build(email: OutgoingEmail) -> EmailMultiAlternatives:
    return build_message(email, with_pdf=email.attempts <= SENDS_WITHOUT_PDF_AFTER)


OUTBOX = Outbox(
    model=OutgoingEmail, send_task_name="orders.tasks.send_outgoing_email", build=_build
)


def queue_email(order: Order, kind: OutgoingEmail.Kind, *, about: str = "") -> OutgoingEmail:
    """Writes the mail into the outbox, once per order, kind and what it is about; after commit a
    worker is told."""
    email: OutgoingEmail = OUTBOX.queue(order=order, kind=kind, about=about)
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
