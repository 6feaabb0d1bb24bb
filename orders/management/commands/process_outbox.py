from typing import Any

from django.core.management.base import BaseCommand

from orders.outbox import process_outbox
from orders.stock_outbox import STOCK_OUTBOX
from shopsite.contact.outbox import OUTBOX as CONTACT_OUTBOX


class Command(BaseCommand):
    """For a machine without a worker: run it from cron."""

    help = "Sends the mails that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = process_outbox() + CONTACT_OUTBOX.process() + STOCK_OUTBOX.process()
        self.stdout.write(f"Sent {sent} mails.")
