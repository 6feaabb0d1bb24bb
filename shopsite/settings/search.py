"""Which search Wagtail uses: the database's own, or the server that SEARCH_URL names."""

import re
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

SERVERS = ("elasticsearch7", "elasticsearch8", "elasticsearch9", "opensearch2", "opensearch3")
SCHEME = re.compile(rf"({'|'.join(SERVERS)})(\+https)?")


def search_backends(url: str) -> dict[str, dict[str, object]]:
    """WAGTAILSEARCH_BACKENDS for an address like elasticsearch9+https://user:word@host:9200/shop.

    The path becomes the prefix of the indexes, so that shops can share a server. Raises
    ImproperlyConfigured; the address, which may hold a password, is not part of its text.
    """
    if not url:
        return {"default": {"BACKEND": "wagtail.search.backends.database"}}
    parts = urlsplit(url)
    scheme = SCHEME.fullmatch(parts.scheme)
    if not scheme or not parts.hostname:
        raise ImproperlyConfigured(
            f"SEARCH_URL begins with one of {', '.join(SERVERS)}, then :// and a host."
        )
    server, tls = scheme.groups()
    address = urlunsplit(("https" if tls else "http", parts.netloc, "", "", ""))
    prefix = parts.path.strip("/")
    return {
        "default": {
            "BACKEND": f"wagtail.search.backends.{server}",
            "URLS": [address],
            "INDEX_PREFIX": f"{prefix}_" if prefix else "",
            "TIMEOUT": 5,
        }
    }
