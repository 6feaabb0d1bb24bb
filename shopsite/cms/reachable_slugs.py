"""Slugs below the home page that no shopper could ever follow: the site's own routes come first."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver, get_urlconf
from django.utils.regex_helper import normalize
from django.utils.translation import gettext as _
from wagtail.models import Page


def check_slug_is_reachable(slug: str, parent: Page | None) -> None:
    """Raises ValidationError of the field `slug` for the first part of a route, directly below the
    home page. One query, and none for any other slug."""
    if parent is not None and slug in reserved_words() and parent.is_site_root():
        text = _(
            "The address /%(slug)s/ belongs to the site itself, so the page could never be "
            "reached. Choose another slug, such as “%(slug)s-page”."
        )
        raise ValidationError({"slug": text % {"slug": slug}})


def check_move(
    *, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Receives Wagtail's pre_page_move, which every way of moving a page sends. Raises
    ValidationError, and the page stays where it is."""
    if parent_page_before.pk != parent_page_after.pk:
        check_slug_is_reachable(instance.slug, parent_page_after)


def reserved_words() -> frozenset[str]:
    """The first parts of all routes, and of static files and media, which the web server serves."""
    served = (_first_part(address) for address in (settings.STATIC_URL, settings.MEDIA_URL))
    return _first_parts(get_urlconf() or settings.ROOT_URLCONF) | frozenset(filter(None, served))


@cache
def _first_parts(urlconf: str) -> frozenset[str]:
    parts = (_first_part(route) for route in _routes(get_resolver(urlconf).url_patterns))
    return frozenset(filter(None, parts))


def _routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """In the form that Django makes addresses of: with %(name)s for what varies."""
    for pattern in patterns:
        for route, _names in normalize(pattern.pattern.regex.pattern):
            if isinstance(pattern, URLResolver) and not _first_part(prefix + route):
                yield from _routes(pattern.url_patterns, prefix + route)
            else:
                yield prefix + route


def _first_part(address: str) -> str:
    """Empty for another host, and for what varies from its beginning."""
    if "//" in address:
        return ""
    part = address.lstrip("/").partition("/")[0]
    return "" if "%" in part else part
