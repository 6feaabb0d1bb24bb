"""Where to go from an address that leads nowhere."""

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

register = template.Library()

MAX_COLLECTIONS = 8


@dataclass(frozen=True)
class Way:
    title: str
    url: str


@dataclass(frozen=True)
class WaysOn:
    """`places` are the pages of the site's menus, `collections` those of the first level."""

    collections: tuple[Way, ...] = ()
    places: tuple[Way, ...] = ()


@register.simple_tag(takes_context=True)
def ways_on(context: template.Context) -> WaysOn:
    """Only what everybody may see; 3 queries."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if request is None or site is None:
        return WaysOn()
    pages = Page.objects.live().public()
    collections = pages.descendant_of(site.root_page).filter(
        content_type__app_label="products", content_type__model="collectionpage"
    )
    return WaysOn(
        # They may stand in collections: those that stand in none are nearest to the root.
        collections=_ways(collections.order_by("depth", "path")[:MAX_COLLECTIONS], request),
        places=_ways(pages.child_of(site.root_page).in_menu(), request),
    )


def _ways(pages: PageQuerySet, request: HttpRequest) -> tuple[Way, ...]:
    return tuple(Way(page.title, page.get_url(request) or "") for page in pages)
