"""Draws the picture a shared link shows: the page's title beside its picture. Pure."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from shopsite.lib.contrast import CONTROL_RATIO, channels, mix, nearest_readable
from shopsite.lib.palette import Scheme, tokens
from shopsite.lib.svg_path import fill_outlines
from shopsite.lib.typesetting import Color, Face, fit, settable

VERSION = 2  # Goes into the digest of a picture: raise it when the drawing changes.
WIDTH, HEIGHT = 1200, 630
PICTURE_WIDTH = 540
MARGIN = 72
BASE_OF_BRAND = HEIGHT - 76
MARK_HEIGHT = 104
LOGO_TOP = 72
LOGO_HEIGHT = 84
QUALITY = 88

TITLE_SIZES = (76, 68, 60, 52, 46)
TITLE_LINES = 4
WEIGHT = 560
LEADING = 1.14


@dataclass(frozen=True)
class Style:
    """The files of the fonts, and the outlines of the mark in a square of `mark_size`."""

    display: tuple[Path, ...]
    text: tuple[Path, ...]
    mark: str
    mark_size: int = 32


@dataclass(frozen=True)
class Brand:
    """Whose picture it is. A logo takes the place of mark and name."""

    name: str
    scheme: Scheme
    logo: Image.Image | None = None


@dataclass(frozen=True)
class _Colors:
    ground: Color
    title: Color
    brand: Color
    mark: Color


def picture_size(*, title: str, style: Style) -> tuple[int, int]:
    """How large the page's picture is wanted: beside the title, or alone when there is none."""
    is_alone = not settable(title, Face(style.display, TITLE_SIZES[0], WEIGHT))
    return (WIDTH if is_alone else PICTURE_WIDTH), HEIGHT


def draw_share_picture(
    *, title: str, brand: Brand, picture: Image.Image | None, style: Style
) -> bytes:
    """A JPEG of 1200 x 630. A title in a script the fonts do not have is left out, and the picture
    then takes its room."""
    faces = [Face(style.display, size, WEIGHT) for size in TITLE_SIZES]
    words = settable(title, faces[0])
    if picture is not None and not words:
        return _encode(ImageOps.fit(picture.convert("RGB"), (WIDTH, HEIGHT)))
    # A logo is made to be seen on paper.
    on_accent = picture is None and brand.logo is None
    colors = _on_accent(brand.scheme) if on_accent else _on_paper(brand.scheme)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), colors.ground)
    room = WIDTH
    if picture is not None:
        room = WIDTH - PICTURE_WIDTH
        canvas.paste(ImageOps.fit(picture.convert("RGB"), (PICTURE_WIDTH, HEIGHT)), (room, 0))
    face, lines = fit(words, faces, width=room - 2 * MARGIN, lines=TITLE_LINES)
    _draw_words(canvas, face, lines, brand=brand, style=style, colors=colors)
    return _encode(canvas)


def _draw_words(
    canvas: Image.Image,
    face: Face,
    lines: list[str],
    *,
    brand: Brand,
    style: Style,
    colors: _Colors,
) -> None:
    """The mark above, the name beneath, and the title in the middle between them."""
    pen = ImageDraw.Draw(canvas)
    if brand.logo is not None:
        _draw_logo(canvas, brand.logo)
    else:
        _draw_mark(canvas, style, colors.mark)
        small = Face(style.text, 27, 500)
        small.draw(pen, MARGIN, BASE_OF_BRAND, settable(brand.name, small), colors.brand)
    top, bottom = 56 + MARK_HEIGHT, BASE_OF_BRAND - 34
    step = face.size * LEADING
    height = step * (len(lines) - 1) + face.size * 0.72
    base = top + (bottom - top - height) / 2 + face.size * 0.72
    for line in lines:
        face.draw(pen, MARGIN, base, line, colors.title)
        base += step


def _draw_mark(canvas: Image.Image, style: Style, color: Color) -> None:
    fill_outlines(
        canvas,
        style.mark,
        scale=MARK_HEIGHT / style.mark_size,
        # The outlines stand in the middle of their square; their edge is to meet the margin.
        at=(MARGIN - MARK_HEIGHT * 0.24, 56),
        color=color,
    )


def _draw_logo(canvas: Image.Image, logo: Image.Image) -> None:
    room = (WIDTH - PICTURE_WIDTH - 2 * MARGIN, LOGO_HEIGHT)
    logo = ImageOps.contain(logo.convert("RGBA"), room)
    canvas.paste(logo, (MARGIN, LOGO_TOP), logo)


def _on_paper(scheme: Scheme) -> _Colors:
    made = tokens(scheme)
    return _Colors(
        ground=channels(made["paper"]),
        title=channels(made["ink"]),
        brand=channels(made["ink-soft"]),
        mark=channels(made["accent"]),
    )


def _on_accent(scheme: Scheme) -> _Colors:
    made = tokens(scheme)
    ground, title = made["accent"], made["accent-ink"]
    quiet = nearest_readable(mix(title, ground, 0.2), ground)
    mark = nearest_readable(mix(title, ground, 0.4), ground, ratio=CONTROL_RATIO)
    return _Colors(
        ground=channels(ground),
        title=channels(title),
        brand=channels(quiet or title),
        mark=channels(mark or title),
    )


def _encode(canvas: Image.Image) -> bytes:
    buffer = BytesIO()
    canvas.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()
