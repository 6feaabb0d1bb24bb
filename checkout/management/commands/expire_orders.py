from typing import Any

from django.core.management.base import BaseCommand

from checkout.reconciling import expire_orders


class Command(BaseCommand):
    """For a machine without a worker: run it from cron."""

    help = "Ends orders that were not paid in time and frees their stock."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Ended {expire_orders()} orders.")
