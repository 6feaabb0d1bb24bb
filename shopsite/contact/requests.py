"""What a post says about where it came from."""

from django.http import HttpRequest
from wagtail.models import Page


def source_page_of(request: HttpRequest) -> Page | None:
    """The public page that the form stood in, if it says one that there is."""
    text = request.POST.get("page", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    return Page.objects.live().public().filter(pk=int(text)).first()
