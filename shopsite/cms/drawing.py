"""What a drawing of the shop's own is made of: its fonts, its mark, its colors and its pictures."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from shopsite.cms.models import ShopImage, ShopRendition
from shopsite.lib.share_picture import Style

STATIC = Path(settings.BASE_DIR) / "static"

# Large enough for a drawn picture and an invoice. PNG, because a logo may be transparent.
DRAWN_LOGO = "max-720x240|format-png"


def open_picture(image: ShopImage | None, spec: str) -> Image.Image | None:
    """The rendition of a picture; None without one, and when its file is gone or broken."""
    rendition = rendition_of(image, spec)
    if rendition is None:
        return None
    try:
        with rendition.file.open("rb") as file:
            picture = Image.open(file)
            picture.load()
            return picture
    except OSError:
        return None


def rendition_of(image: ShopImage | None, spec: str) -> ShopRendition | None:
    """None without a picture, and when its file is gone or broken."""
    if image is None:
        return None
    try:
        return image.get_rendition(spec)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None


def look_of(image: ShopImage | None) -> tuple[object, ...] | None:
    """What a drawing of this picture depends on; two pictures that look the same may differ in it.
    Reads no file and asks nothing."""
    if image is None:
        return None
    focus = image.get_focal_point()
    return (
        image.pk,
        image.file.name,
        image.file_hash,
        focus and (focus.x, focus.y, focus.width, focus.height),
    )


@cache
def site_style() -> Style:
    fonts = STATIC / "fonts"
    display = Path(__file__).parent / "fonts"
    logo = (STATIC / "img" / "logo.svg").read_text()
    mark = re.search(r' d="([^"]+)"', logo)
    return Style(
        display=(display / "fraunces-latin.woff2", display / "fraunces-latin-ext.woff2"),
        text=(fonts / "inter-latin.woff2", fonts / "inter-latin-ext.woff2"),
        mark=mark[1] if mark else "",
    )
