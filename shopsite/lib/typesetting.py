"""Lines of text on a picture, in the fonts of the site. Pure but for reading the font files.

The site's fonts come in two files each, one for Latin-1 and one for the rest of Latin. Each letter
of a line is taken from the first file that has it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

from shopsite.lib.text import ELLIPSIS

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SYMBOLS = frozenset({"So", "Sk", "Mn", "Me"})
NO_LETTER = "\uffff"  # Never a character: what a font draws for it, it draws for all it lacks.

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Face:
    """A family in one size; `paths` are its files, the first asked first."""

    paths: tuple[Path, ...]
    size: int
    weight: int

    def has(self, character: str) -> bool:
        return character.isspace() or self._path_of(character) is not None

    def width(self, text: str) -> float:
        return sum(self._font(path).getlength(run) for path, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, y: float, text: str, ink: Color) -> None:
        """`x`, `y` is where the line's base begins."""
        for path, run in self._runs(text):
            font = self._font(path)
            canvas.text((x, y), run, fill=ink, font=font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> list[tuple[Path, str]]:
        groups = groupby(text, key=lambda c: self._path_of(c) or self.paths[0])
        return [(path, "".join(characters)) for path, characters in groups]

    def _path_of(self, character: str) -> Path | None:
        return next((path for path in self.paths if _has_glyph(path, character)), None)

    def _font(self, path: Path) -> ImageFont.FreeTypeFont:
        return _load(path, self.size, self.weight)


def settable(text: str, face: Face) -> str:
    """The text as the face can set it: without invisible characters and, where it lacks them,
    without symbols. Empty when it lacks a letter: half a name is worse than none."""
    kept = []
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        category = unicodedata.category(character)
        if category in INVISIBLE:
            continue
        if face.has(character):
            kept.append(character)
        elif category not in SYMBOLS:
            return ""
    return " ".join("".join(kept).split())


def wrap(text: str, face: Face, width: float) -> list[str]:
    """Lines not wider than `width`; a word that is wider by itself is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        *broken, rest = _break(word, face, width)
        lines += [*broken, rest]
    return lines


def fit(text: str, faces: Sequence[Face], *, width: float, lines: int) -> tuple[Face, list[str]]:
    """The first face in which the text takes no more lines and no word is broken; in the last one
    it is cut."""
    for face in faces[:-1]:
        wrapped = wrap(text, face, width)
        if len(wrapped) <= lines and " ".join(wrapped) == text:
            return face, wrapped
    face = faces[-1]
    wrapped = wrap(text, face, width)
    if len(wrapped) > lines:
        last = wrapped[lines - 1]
        while last and face.width(last + ELLIPSIS) > width:
            last = last[:-1]
        wrapped = [*wrapped[: lines - 1], last.rstrip() + ELLIPSIS]
    return face, wrapped


def _break(word: str, face: Face, width: float) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and face.width(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


@cache
def _load(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _has_glyph(path: Path, character: str) -> bool:
    # The simple layout: it draws what it is given, one glyph for each character.
    font = ImageFont.truetype(path, 16, layout_engine=ImageFont.Layout.BASIC)
    missing, found = font.getmask(NO_LETTER), font.getmask(character)
    return (missing.size, bytes(missing)) != (found.size, bytes(found))
