from typing import Any

from django.core.management.base import BaseCommand

from customers.outbox import OUTBOX as CUSTOMER_OUTBOX
from orders.outbox import OUTBOX
from orders.stock_outbox import STOCK_OUTBOX
from shopsite.contact.outbox import OUTBOX as CONTACT_OUTBOX


class Command(BaseCommand):
    """For a machine without a worker, or while beat is dead: run it from cron."""

    help = "Sends the mails that are due, of every outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        outboxes = (OUTBOX, CONTACT_OUTBOX, CUSTOMER_OUTBOX, STOCK_OUTBOX)
        sent = sum(outbox.process() for outbox in outboxes)
        self.stdout.write(f"Sent {sent} mails.")
