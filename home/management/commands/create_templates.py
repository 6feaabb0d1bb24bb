from typing import Any

from django.core.management.base import BaseCommand

from home.template_seeds import create_landing_templates


class Command(BaseCommand):
    help = "Makes the templates of landing pages, in a shop that has no folder of them yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if create_landing_templates():
            self.stdout.write(self.style.SUCCESS("The templates of landing pages were made."))
        else:
            self.stdout.write("Nothing was made: the folder exists, or there are no landing pages.")
