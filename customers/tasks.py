"""Celery's door to the outbox of customers. Tasks carry ids only."""

from celery import shared_task

from customers import asking
from customers.outbox import OUTBOX


@shared_task
def send_customer_email(email_id: int) -> bool:
    """Sends one mail if it is still due."""
    return OUTBOX.send(email_id)


@shared_task
def process_customer_outbox() -> int:
    """Sweeps up what no nudge reached."""
    return OUTBOX.process()


@shared_task
def forget_old_mails() -> int:
    return asking.forget_old_mails()
