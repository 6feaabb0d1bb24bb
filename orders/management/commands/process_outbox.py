from typing import Any

from django.core.management.base import BaseCommand

from orders.outbox import process_outbox
from shopsite.contact.outbox import OUTBOX as CONTACT_OUTBOX


class Command(BaseCommand):
    """For a machine without a worker: run it from cron."""

    help = "Sends the mails that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sent {process_outbox() + CONTACT_OUTBOX.process()} mails.")
