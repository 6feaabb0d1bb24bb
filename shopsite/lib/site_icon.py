"""Draws the small picture that stands for the site in tabs, lists and home screens. Pure."""

import unicodedata
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from shopsite.lib.share_picture import Style
from shopsite.lib.svg_path import fill_outlines
from shopsite.lib.typesetting import Color, Face, settable

VERSION = 1  # Goes into the digest of an icon: raise it when the drawing changes.
MASTER = 512
ICO_SIZES = (16, 32, 48)
ROUNDNESS = 0.22
LETTER_SIZE = 420
CAP_HEIGHT = 0.7  # Of the letter's size.
MARK_HEIGHT = 0.94  # Of the icon.
WEIGHT = 600


@dataclass(frozen=True)
class IconColors:
    """What the letter stands on, the letter, and what a picture's transparent parts show where
    nothing may be transparent."""

    ground: Color
    letter: Color
    paper: Color


def letter_of(name: str) -> str:
    """The letter or digit a name is known by, large; empty where it has none."""
    letters = (c for c in unicodedata.normalize("NFC", name) if c.isalnum())
    letter = next(letters, "")
    large = letter.upper()
    return large if len(large) == 1 else letter


def draw_icon(
    *, name: str, colors: IconColors, style: Style, picture: Image.Image | None
) -> Image.Image:
    """A square of 512 with transparent corners, or the picture as it is."""
    if picture is not None:
        return ImageOps.fit(picture.convert("RGBA"), (MASTER, MASTER))
    icon = _draw_letter(letter_of(name), colors, style).convert("RGBA")
    icon.putalpha(_rounded())
    return icon


def as_png(icon: Image.Image, size: int) -> bytes:
    return _encode(icon.resize((size, size), Image.Resampling.LANCZOS), "PNG")


def as_touch_icon(icon: Image.Image, size: int, *, colors: IconColors, is_letter: bool) -> bytes:
    """Without transparency, which a home screen shows as black: it rounds the corners itself."""
    ground = Image.new("RGBA", icon.size, colors.ground if is_letter else colors.paper)
    ground.alpha_composite(icon)
    return as_png(ground.convert("RGB"), size)


def as_ico(icon: Image.Image) -> bytes:
    """One file with every size that a tab or a list of bookmarks asks for."""
    return _encode(icon, "ICO", sizes=[(size, size) for size in ICO_SIZES])


def _draw_letter(letter: str, colors: IconColors, style: Style) -> Image.Image:
    """The mark takes the place of a letter that the fonts do not have."""
    canvas = Image.new("RGB", (MASTER, MASTER), colors.ground)
    face = Face(style.display, LETTER_SIZE, WEIGHT)
    if settable(letter, face):
        x = (MASTER - face.width(letter)) / 2
        base = (MASTER + LETTER_SIZE * CAP_HEIGHT) / 2
        face.draw(ImageDraw.Draw(canvas), x, base, letter, colors.letter)
        return canvas
    height = MASTER * MARK_HEIGHT
    margin = (MASTER - height) / 2
    scale = height / style.mark_size
    fill_outlines(canvas, style.mark, scale=scale, at=(margin, margin), color=colors.letter)
    return canvas


def _rounded() -> Image.Image:
    large = Image.new("L", (MASTER * 2, MASTER * 2))
    box = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius=large.width * ROUNDNESS, fill=255)
    return large.resize((MASTER, MASTER), Image.Resampling.LANCZOS)


def _encode(icon: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    icon.save(buffer, kind, **options)
    return buffer.getvalue()
