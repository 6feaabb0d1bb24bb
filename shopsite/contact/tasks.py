"""Celery's door to the outbox of forms and newsletter. Tasks carry ids only."""

from celery import shared_task

from shopsite.contact.forgetting import forget_old_messages as forget_messages
from shopsite.contact.newsletter import forget_unconfirmed
from shopsite.contact.outbox import OUTBOX


@shared_task
def send_contact_email(email_id: int) -> bool:
    """Sends one mail if it is still due."""
    return OUTBOX.send(email_id)


@shared_task
def process_contact_outbox() -> int:
    """Sweeps up what no nudge reached."""
    return OUTBOX.process()


@shared_task
def forget_unconfirmed_subscriptions() -> int:
    return forget_unconfirmed()


@shared_task
def forget_old_messages() -> int:
    return forget_messages()
