"""A language that nobody speaks: every text of the interface with accents, longer, in brackets.

Made of the code and the templates each time, so that a new text cannot be forgotten.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "xx"
LAYERS = ("shopsite", "products", "orders", "customers", "checkout", "home")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñöšüýÁÇÉÍÑÖŠÜÝ")
# What Django fills in, and what is markup, stays as it is.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
OPEN, CLOSE = "⟦", "⟧"


def pseudo(text: str) -> str:
    """“Add to cart” as “⟦Ádd tö çárt ~~~~⟧”: 40 % longer, and readable."""
    parts = KEPT.split(text)
    words = "".join(part if n % 2 else part.translate(ACCENTS) for n, part in enumerate(parts))
    longer = " ".join(["~~~~"] * max(1, round(len(text) * 0.4 / 5)))
    return f"{OPEN}{words} {longer}{CLOSE}"


def write_pseudo_locale(folder: Path) -> int:
    """Writes folder/xx/LC_MESSAGES/django.mo; returns how many texts it holds."""
    catalog = Catalog(locale=None, domain="django", fuzzy=False)
    catalog._num_plurals, catalog._plural_expr = 2, "(n != 1)"
    for message, context in _messages():
        if isinstance(message, tuple):
            catalog.add(message, tuple(map(pseudo, message)), context=context)
        else:
            catalog.add(message, pseudo(message), context=context)
    target = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    return len(catalog)


def _messages() -> Iterator[tuple[str | tuple[str, str], str | None]]:
    root = Path(settings.BASE_DIR)
    for layer in LAYERS:
        for path in (root / layer).rglob("*.py"):
            yield from _extract(path.read_text(encoding="utf-8"))
    for path in (root / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt"}:
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Their indentation means nothing, and would be wrong in Python.
            yield from _extract("\n".join(line.strip() for line in source.splitlines()))


def _extract(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    for _line, message, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        if message:
            yield message[:2] if isinstance(message, tuple) else message, context
