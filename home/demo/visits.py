"""Opens every public page once, so that the first shopper does not wait for its pictures."""

from urllib.parse import urlsplit

from django.test import Client
from wagtail.models import Page


def visit_pages() -> list[str]:
    """Renders every live public page as an anonymous visitor, which makes the sizes of pictures
    that the templates ask for. Returns the addresses that did not answer 200."""
    client = Client(raise_request_exception=False)
    pages = Page.objects.live().public().filter(depth__gte=2).order_by("path").specific()
    addresses = [page.full_url for page in pages if page.full_url]
    return [address for address in addresses if not _answers(client, address)]


def _answers(client: Client, address: str) -> bool:
    parts = urlsplit(address)
    response = client.get(
        parts.path,
        secure=parts.scheme == "https",
        SERVER_NAME=parts.hostname,
        SERVER_PORT=str(parts.port or (443 if parts.scheme == "https" else 80)),
    )
    return response.status_code == 200
