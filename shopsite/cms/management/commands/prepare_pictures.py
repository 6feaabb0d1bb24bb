from typing import Any

from django.core.management.base import BaseCommand

from shopsite.cms.preparing_pictures import (
    draw_for_shoppers,
    pages_to_prepare,
    prepare_pictures,
)


class Command(BaseCommand):
    """What publishing does in the background, for pages it has not reached: where the shop got
    another name, a picture another focal point, or a variant another picture."""

    help = (
        "Makes the pictures that are missing or old: for shoppers, shared links and search engines."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        page_ids = list(pages_to_prepare())
        for page_id in page_ids:
            prepare_pictures(page_id)
            draw_for_shoppers(page_id)
        if options["verbosity"]:
            self.stdout.write(f"Pages prepared: {len(page_ids)}")
