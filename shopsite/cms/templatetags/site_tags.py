"""The frame of every page, for base.html: the same for every shopper."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from shopsite.cms.models import BrandSettings
from shopsite.cms.navigation import Navigation, NavigationLink, build_navigation
from shopsite.cms.site_icon import icon_url
from shopsite.lib.addresses import harmless_address
from shopsite.lib.changes import will_change
from shopsite.lib.palette import DEFAULT_PALETTE, encode

register = template.Library()


@dataclass(frozen=True)
class Announcement:
    """`url` is empty where there is nothing to follow."""

    text: str
    url: str


@register.simple_tag(takes_context=True)
def site_navigation(context: template.Context) -> Navigation:
    """The menus of header and footer. Ask once a page; without a site they are empty."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    return build_navigation(request, site) if request and site else Navigation()


@register.simple_tag
def brand_stylesheet(brand: BrandSettings) -> str:
    """The address of the shop's own colors; empty while they are those of the stylesheet."""
    if brand.palette == DEFAULT_PALETTE:
        return ""
    return reverse("brand-stylesheet", args=[encode(brand.palette)])


@register.simple_tag
def admin_stylesheet(brand: BrandSettings) -> str:
    """The address of the admin's colors."""
    return reverse("admin-stylesheet", args=[encode(brand.palette)])


@register.simple_tag
def site_icon_url(brand: BrandSettings, size: int) -> str:
    """The address of the site's icon in one of its sizes; no query."""
    return icon_url(brand, size)


@register.simple_tag(takes_context=True)
def current_announcement(context: template.Context, brand: BrandSettings) -> Announcement | None:
    """What is to be announced now. A cache may keep the page until this changes, and no longer."""
    request = context.get("request")
    if not brand.announcement:
        return None
    if getattr(request, "preview_mode", "") != "announcement":
        now = timezone.now()
        starts, ends = brand.announcement_from, brand.announcement_until
        for moment in (starts, ends):
            if request is not None:
                will_change(request, moment, now=now)
        if (starts and now < starts) or (ends and now >= ends):
            return None
    return Announcement(brand.announcement, _announcement_url(brand, context))


def _announcement_url(brand: BrandSettings, context: template.Context) -> str:
    if not brand.announcement_page_id:
        return harmless_address(brand.announcement_address)
    page = Page.objects.live().public().filter(pk=brand.announcement_page_id).first()
    return (page.get_url(context.get("request")) or "") if page else ""


@register.simple_tag(takes_context=True)
def page_trail(context: template.Context, page: Page) -> tuple[NavigationLink, ...]:
    """The live pages between the home page and this one, from the top down. 1 query."""
    if page.depth is None:  # A preview of a page that was never saved.
        return ()
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=2).live()
    return tuple(NavigationLink(one.title, one.get_url(request) or "") for one in above)
