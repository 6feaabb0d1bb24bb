"""Makes the picture of a page's shared link: in the background, once for what it shows."""

import hashlib
import json
from dataclasses import astuple

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from shopsite.cms.drawing import DRAWN_LOGO, look_of, open_picture, site_style
from shopsite.cms.models import BrandSettings, SharePicture
from shopsite.cms.pages import ContentPage
from shopsite.lib.share_picture import VERSION, Brand, draw_share_picture, picture_size


def make_share_picture(page_id: int) -> bool:
    """Makes the picture of a live page unless it is there already; True when one was made.

    Draws outside of any transaction. What was published meanwhile wins: then this one is thrown
    away, and the task of that publication makes the next.
    """
    page = live_page(page_id)
    if page is None or _has_current(page):
        return False
    digest, content = digest_of(page), _draw(page)
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page_id).first()
        page = live_page(page_id)
        if page is None or digest_of(page) != digest or _has_current(page):
            return False
        for old in SharePicture.objects.filter(page_id=page_id):
            old.delete()  # One by one: the file goes with its row.
        SharePicture(page_id=page_id, digest=digest).file.save("", ContentFile(content))
    return True


def digest_of(page: ContentPage) -> str:
    """Two pages have the same digest when their pictures would be the same."""
    brand = BrandSettings.load()
    shown = (
        VERSION,
        page.title,
        brand.name,
        astuple(brand.palette.light),
        look_of(brand.logo),
        look_of(page.lead_picture),
    )
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def live_page(page_id: int) -> ContentPage | None:
    page = Page.objects.live().filter(pk=page_id).specific().first()
    return page if isinstance(page, ContentPage) else None


def _has_current(page: ContentPage) -> bool:
    return SharePicture.objects.filter(page_id=page.pk, digest=digest_of(page)).exists()


def _draw(page: ContentPage) -> bytes:
    style = site_style()
    width, height = picture_size(title=page.title, style=style)
    picture = open_picture(page.lead_picture, f"fill-{width}x{height}|format-jpeg")
    return draw_share_picture(
        title=page.title, brand=drawn_brand(BrandSettings.load()), picture=picture, style=style
    )


def drawn_brand(settings: BrandSettings) -> Brand:
    """A shared link knows no dark screens, so that it shows the light colors only."""
    logo = open_picture(settings.logo, DRAWN_LOGO)
    return Brand(name=settings.name, scheme=settings.palette.light, logo=logo)
