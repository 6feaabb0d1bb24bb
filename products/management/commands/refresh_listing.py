from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from products.listing_entries import refresh_listing, stale_listing


class Command(BaseCommand):
    help = (
        "Brings what lists of products are ordered, filtered and searched by in line with the "
        "catalog. It follows every change by itself; this is for a database that was written to "
        "from outside, and to prove that nothing is amiss."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail when an entry is wrong."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            stale = stale_listing()
            if stale:
                raise CommandError(f"{len(stale)} entries are missing or wrong.")
            self.stdout.write("Every entry is right.")
            return
        self.stdout.write(f"{refresh_listing()} entries were brought up to date.")
