import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.demo.build import build_demo
from home.demo.people import DEMO_PEOPLE
from home.demo.visits import visit_pages


class Command(BaseCommand):
    """The demo shop, from code. May run again at any time: it only adds what is missing."""

    help = "Builds the demo shop Fern & Kettle with its pages, stock, settings and people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--skip-pictures",
            action="store_true",
            help="Do not make the sizes of the pictures now; each page makes them when first seen.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO", False):
            raise CommandError(
                "This is not a demo: the people of the demo have public passwords, so nothing was "
                "written. Run it with shopsite.settings.dev, where DEMO is true."
            )
        if options["verbosity"] < 2:
            # Wagtail logs a line for each page it makes; here they would hide what matters.
            logging.getLogger("wagtail").setLevel(logging.WARNING)
        settings.DRAWS_WHEN_PUBLISHED = False  # All pages are visited once, at the end.
        report = build_demo()
        for note in report.notes:
            self.stderr.write(note)
        if not report.has_new_pages:
            self.stdout.write("The demo shop was there already; nothing was changed.")
        elif not options["skip_pictures"]:
            self._visit_pages()
        self._print_people()

    def _visit_pages(self) -> None:
        self.stdout.write("The pages are there. Making the sizes of their pictures ...")
        for address in visit_pages():
            self.stderr.write(f"{address} does not answer as it should.")

    def _print_people(self) -> None:
        self.stdout.write(f"The demo shop is at {settings.SITE_URL}/")
        self.stdout.write(f"Sign in at {settings.SITE_URL}/admin/ as")
        for person in DEMO_PEOPLE:
            self.stdout.write(f"  {person.role:<16} {person.username} / {person.password}")
