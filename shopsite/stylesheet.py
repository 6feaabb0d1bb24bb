"""One stylesheet for the browser, many small files for us.

`static/css/site.css` only imports its parts, and a browser would ask for each of them. This finder
hands it out with the parts written in place, to `runserver` and to `collectstatic` alike.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


class StylesheetFinder(FileSystemFinder):
    """Django's own finder, but for the one stylesheet that is put together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assembled = FileSystemStorage(location=settings.ASSEMBLED_STATIC_ROOT)

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        found = super().find_location(root, path, prefix)
        return self._assemble(Path(found)) if found and path == STYLESHEET else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if path == STYLESHEET:
                self._assemble(Path(storage.path(path)))
                yield path, self.assembled
            else:
                yield path, storage

    def _assemble(self, entry: Path) -> str:
        """Writes the stylesheet anew when a part has changed and answers where it lies."""
        target = Path(self.assembled.path(STYLESHEET))
        text = flatten(entry)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(f".{os.getpid()}")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(target)  # Another process may be reading it just now.
        return str(target)


def flatten(entry: Path) -> str:
    """The text of a stylesheet with each imported part in its layer, in the order of the imports.

    A part that names another file (a font) must stand in the entry's own folder, because relative
    addresses are left as they are.
    """

    def part(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text(encoding="utf-8")
        return f"/* {match[1]} */\n@layer {match[2]} {{\n{text}}}\n"

    return IMPORT.sub(part, entry.read_text(encoding="utf-8"))
