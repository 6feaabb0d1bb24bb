"""The one door to PDF: typesets a Typst template with data, without files, network or browser."""

import functools
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

import typst

from shopsite.lib.text import strip_control_characters

LAYOUT_CHARACTERS = "\n"
Standard = Literal["a-3a", "ua-1"]
ACCESSIBLE: Standard = "ua-1"


class PdfError(RuntimeError):
    """The template could not be typeset."""


def render_pdf(
    template: Path,
    data: Mapping[str, object],
    *,
    dated: date,
    standards: Sequence[Standard] = (ACCESSIBLE,),
) -> bytes:
    """Typeset `template` with `data` and return a tagged PDF.

    The template finds the data, which must be JSON-ready, as `json(bytes(sys.inputs.data))`. It
    is never pasted into markup: `#import` or `$x$` in a product's name stays those characters. The
    template can read nothing outside its own folder. Same template, data, day and fonts give the
    same bytes. Raises `PdfError`.

    The result conforms to `standards` unless a character exists in no font at hand (installed
    fonts count): they forbid the empty box such a character gets, and a readable document with
    a box is worth more than none.
    """
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)}
    midnight = datetime.combine(dated, time(), tzinfo=UTC)
    try:
        return _compile(template, inputs, midnight, standards)
    except typst.TypstError:
        return _compile_leniently(template, inputs, midnight)


def render_png(template: Path, data: Mapping[str, object], *, dated: date) -> bytes:
    """Typeset one page as a picture for screens. Raises `PdfError`, also for several pages."""
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)}
    try:
        pages = typst.compile(
            template,
            root=template.parent,
            format="png",
            font_paths=_fonts(template.parent),
            sys_inputs=inputs,
            ppi=110,
        )
    except typst.TypstError as error:
        raise PdfError(f"{template.name} could not be typeset: {error.message}") from error
    if not isinstance(pages, bytes):
        raise PdfError(f"{template.name} is more than one page.")
    return pages


def _compile_leniently(template: Path, inputs: dict[str, str], midnight: datetime) -> bytes:
    try:
        return _compile(template, inputs, midnight, ())
    except typst.TypstError as error:
        raise PdfError(f"{template.name} could not be typeset: {error.message}") from error


def _compile(
    template: Path, inputs: dict[str, str], midnight: datetime, standards: Sequence[Standard]
) -> bytes:
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        font_paths=_fonts(template.parent),
        sys_inputs=inputs,
        pdf_standards=list(standards),
        timestamp=midnight,
    )


@functools.cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts beside a template and those in the wheel, and behind them what the machine
    has for other scripts."""
    beside = folder / "fonts"
    return typst.Fonts(font_paths=[beside] if beside.is_dir() else [])


def _printable(value: object) -> object:
    """Return `value` with control characters gone from every string: they have no glyph."""
    match value:
        case str():
            return strip_control_characters(value, keep=LAYOUT_CHARACTERS)
        case Mapping():
            return {key: _printable(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item) for item in value]
    return value
