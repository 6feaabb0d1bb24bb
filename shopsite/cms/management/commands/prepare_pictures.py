from typing import Any

from django.core.management.base import BaseCommand

from shopsite.cms.preparing_pictures import pages_to_prepare, prepare_pictures


class Command(BaseCommand):
    """What publishing does in the background, for pages it has not reached: where the shop got
    another name, a picture another focal point, or a variant another picture."""

    help = "Makes the pictures of shared links, feeds and search engines that are missing or old."

    def handle(self, *args: Any, **options: Any) -> None:
        page_ids = list(pages_to_prepare())
        for page_id in page_ids:
            prepare_pictures(page_id)
        if options["verbosity"]:
            self.stdout.write(f"Pages prepared: {len(page_ids)}")
