from typing import Any

from django.core.management.base import BaseCommand

from checkout.reconciling import reconcile_payments


class Command(BaseCommand):
    """For a machine without a worker: run it from cron."""

    help = "Asks Stripe about payments whose outcome it has not told us."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Looked at {reconcile_payments()} payment attempts.")
