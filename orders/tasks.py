"""Celery's door to the outbox. Tasks carry ids only: no name or address travels or is logged."""

from celery import shared_task

from orders import low_stock, outbox, papers, unpaid_people, waiting_refunds
from orders.stock_outbox import STOCK_OUTBOX


@shared_task
def send_outgoing_email(email_id: int) -> bool:
    """Sends one mail if it is still due."""
    return outbox.send_email(email_id)


@shared_task
def process_outbox() -> int:
    """Sweeps up what no nudge reached: broker down, worker killed, mail server refusing."""
    return outbox.process_outbox()


@shared_task
def send_stock_notice(notice_id: int) -> bool:
    """Sends one mail about low stock if it is still due."""
    return STOCK_OUTBOX.send(notice_id)


@shared_task
def tell_low_stock() -> int:
    """Writes a mail about what went low, and sends those that no nudge reached."""
    told = low_stock.tell_low_stock()
    STOCK_OUTBOX.process()
    return told


@shared_task
def send_waiting_refunds() -> int:
    """Asks again for refunds whose answer was lost."""
    return waiting_refunds.send_waiting_refunds()


@shared_task
def keep_missing_papers() -> int:
    """Makes the files of invoices and credit notes that nobody has asked for yet."""
    return papers.keep_missing_papers()


@shared_task
def forget_unpaid_people() -> int:
    """Erases who placed orders that were never paid, when their time is over."""
    return unpaid_people.forget_unpaid_people()
