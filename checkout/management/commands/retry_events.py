from typing import Any

from django.core.management.base import BaseCommand

from checkout.inbox_retries import retry_events


class Command(BaseCommand):
    """For a machine without a worker: run it from cron."""

    help = "Tries Stripe's events again that could not be taken in."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Tried {retry_events()} events again.")
