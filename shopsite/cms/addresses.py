"""Absolute addresses, from SITE_URL and never from a Host header: a page is the same for everybody,
whichever name they asked for."""

from urllib.parse import urljoin

from django.conf import settings


def absolute_url(address: str) -> str:
    """An address of this site in full; one that is absolute already stays, an empty one too."""
    return urljoin(f"{settings.SITE_URL}/", address) if address else ""
