"""Opens every public page once, so that the first shopper does not wait for its pictures."""

from time import monotonic
from urllib.parse import urlsplit

from django.test import Client
from wagtail.models import Page


def visit_pages(*, seconds: float = 25) -> list[str]:
    """Renders live public pages as an anonymous visitor, top of the tree first, which makes the
    sizes of pictures that the templates ask for.

    Stops when the seconds are used up: a page not visited makes its pictures when it is first
    seen. Returns the addresses that did not answer 200.
    """
    client = Client(raise_request_exception=False)
    pages = Page.objects.live().public().filter(depth__gte=2).order_by("depth", "path").specific()
    failed = []
    end = monotonic() + seconds
    for page in pages:
        if monotonic() > end:
            break
        if page.full_url and not _answers(client, page.full_url):
            failed.append(page.full_url)
    return failed


def _answers(client: Client, address: str) -> bool:
    parts = urlsplit(address)
    response = client.get(
        parts.path,
        secure=parts.scheme == "https",
        SERVER_NAME=parts.hostname,
        SERVER_PORT=str(parts.port or (443 if parts.scheme == "https" else 80)),
    )
    return response.status_code == 200
