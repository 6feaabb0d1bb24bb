from typing import Any

from django.core.management.base import BaseCommand

from shopsite.cms.making_share_pictures import make_share_picture, pages_without_picture


class Command(BaseCommand):
    """What publishing does in the background, for pages it has not reached."""

    help = "Makes the pictures of shared links that are missing or out of date."

    def handle(self, *args: Any, **options: Any) -> None:
        made = sum(make_share_picture(page_id) for page_id in list(pages_without_picture()))
        self.stdout.write(f"Pictures made: {made}")
