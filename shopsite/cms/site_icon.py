"""The site's icon: the picture chosen for it, or the first letter of the shop's name.

Its address says what it shows, so that a browser may keep it for ever, and it is made of the
settings alone: a page names it without a question, and nothing has to be stored or made before.
"""

import hashlib
import json
from collections.abc import Callable

from django.core.cache import cache
from django.urls import reverse
from PIL import Image

from shopsite.cms.drawing import look_of, open_picture, site_style
from shopsite.cms.models import BrandSettings
from shopsite.lib.contrast import channels
from shopsite.lib.palette import tokens
from shopsite.lib.site_icon import (
    MASTER,
    VERSION,
    IconColors,
    as_ico,
    as_png,
    as_touch_icon,
    draw_icon,
    letter_of,
)

TAB_SIZE, HOME_SIZE, TOUCH_SIZE, LARGE_SIZE = 32, 192, 180, 512
SIZES = (TAB_SIZE, TOUCH_SIZE, HOME_SIZE, LARGE_SIZE)
FILTER = f"fill-{MASTER}x{MASTER}|format-png"
DIGEST_LENGTH = 16
KEPT_SECONDS = 24 * 3600


def icon_url(brand: BrandSettings, size: int) -> str:
    """The address of the icon as a PNG, in one of SIZES. No query."""
    return reverse("site-icon", args=[icon_digest(brand), size])


def icon_digest(brand: BrandSettings) -> str:
    """Two brands have the same digest when their icons look the same."""
    light = brand.palette.light
    shown = (VERSION, letter_of(brand.name), light.accent, light.paper, look_of(brand.site_icon))
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:DIGEST_LENGTH]


def icon_png(brand: BrandSettings, size: int) -> bytes:
    """Drawn once and then remembered; without a cache it is drawn again."""
    return _remembered(brand, str(size), lambda: _draw_png(brand, size))


def icon_ico(brand: BrandSettings) -> bytes:
    return _remembered(brand, "ico", lambda: as_ico(_draw(brand)[0]))


def _draw_png(brand: BrandSettings, size: int) -> bytes:
    icon, is_letter = _draw(brand)
    if size == TOUCH_SIZE:
        return as_touch_icon(icon, size, colors=_colors(brand), is_letter=is_letter)
    return as_png(icon, size)


def _draw(brand: BrandSettings) -> tuple[Image.Image, bool]:
    """The icon, and whether it is the letter: that also stands in for a file that is gone."""
    picture = open_picture(brand.site_icon, FILTER)
    icon = draw_icon(name=brand.name, colors=_colors(brand), style=site_style(), picture=picture)
    return icon, picture is None


def _colors(brand: BrandSettings) -> IconColors:
    light = tokens(brand.palette.light)
    return IconColors(
        ground=channels(light["accent"]),
        letter=channels(light["accent-ink"]),
        paper=channels(light["paper"]),
    )


def _remembered(brand: BrandSettings, kind: str, draw: Callable[[], bytes]) -> bytes:
    key = f"site-icon-{icon_digest(brand)}-{kind}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = draw()
        cache.set(key, content, KEPT_SECONDS)
    return content
