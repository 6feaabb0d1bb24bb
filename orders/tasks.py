"""Celery's door to the outbox. Tasks carry ids only: no name or address travels or is logged."""

from celery import shared_task

from orders import outbox, refunds


@shared_task
def send_outgoing_email(email_id: int) -> bool:
    """Sends one mail if it is still due."""
    return outbox.send_email(email_id)


@shared_task
def process_outbox() -> int:
    """Sweeps up what no nudge reached: broker down, worker killed, mail server refusing."""
    return outbox.process_outbox()


@shared_task
def send_waiting_refunds() -> int:
    """Asks again for refunds whose answer was lost."""
    return refunds.send_waiting_refunds()
