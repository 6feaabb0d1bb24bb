"""One stylesheet and one script for the browser, many small files for us.

`static/css/site.css`, `static/css/order.css` and `static/js/site.js` only import their parts, and a
browser would ask for each of them. This finder hands them out with the parts written in place, to
`runserver` and to `collectstatic` alike.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

from shopsite.scripts import SCRIPT, join
from shopsite.stylesheet import ORDER_STYLESHEET, STYLESHEET, flatten

ASSEMBLED: Mapping[str, Callable[[Path], str]] = {
    STYLESHEET: flatten,
    ORDER_STYLESHEET: flatten,
    SCRIPT: join,
}


class AssemblingFinder(FileSystemFinder):
    """Django's own finder, but for the files that are put together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assembled = FileSystemStorage(location=settings.ASSEMBLED_STATIC_ROOT)

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        found = super().find_location(root, path, prefix)
        return self._assemble(path, Path(found)) if found and path in ASSEMBLED else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if path in ASSEMBLED:
                self._assemble(path, Path(storage.path(path)))
                yield path, self.assembled
            else:
                yield path, storage

    def _assemble(self, path: str, entry: Path) -> str:
        """Writes the file anew when a part has changed and answers where it lies."""
        target = Path(self.assembled.path(path))
        text = ASSEMBLED[path](entry)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(f".{os.getpid()}")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(target)  # Another process may be reading it just now.
        return str(target)
