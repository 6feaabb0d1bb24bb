"""Makes the picture of a page's shared link: in the background, once for what it shows."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from shopsite.cms.models import BrandSettings, SharePicture, ShopImage
from shopsite.cms.pages import ContentPage
from shopsite.lib.share_picture import VERSION, Style, draw_share_picture, picture_size

STATIC = Path(settings.BASE_DIR) / "static"


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
    picture = page.lead_picture
    focus = picture.get_focal_point() if picture else None
    shown = (
        VERSION,
        page.title,
        BrandSettings.load().name,
        picture and (picture.pk, picture.get_file_hash()),
        focus and (focus.x, focus.y, focus.width, focus.height),
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
    picture = _open(page.lead_picture, width, height) if page.lead_picture else None
    brand = BrandSettings.load().name
    return draw_share_picture(title=page.title, brand=brand, picture=picture, style=style)


def _open(image: ShopImage, width: int, height: int) -> Image.Image | None:
    """The picture cut around its focal point; None when its file is gone or broken."""
    try:
        rendition = image.get_rendition(f"fill-{width}x{height}|format-jpeg")
        with rendition.file.open("rb") as file:
            picture = Image.open(file)
            picture.load()
            return picture
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None


@cache
def site_style() -> Style:
    fonts = STATIC / "fonts"
    logo = (STATIC / "img" / "logo.svg").read_text()
    mark = re.search(r' d="([^"]+)"', logo)
    return Style(
        display=(fonts / "fraunces-latin.woff2", fonts / "fraunces-latin-ext.woff2"),
        text=(fonts / "inter-latin.woff2", fonts / "inter-latin-ext.woff2"),
        mark=mark[1] if mark else "",
    )
