"""A zip that is sent while it is made: what it holds never stands in memory together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST_YEAR = 1980  # A zip knows no earlier one.


@dataclass(frozen=True)
class ZipEntry:
    """A file of that local moment."""

    name: str
    content: bytes
    moment: datetime


class _Pipe(RawIOBase):
    """What is written is handed on."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def stream_zip(entries: Iterable[ZipEntry]) -> Iterator[bytes]:
    """The bytes of the zip, a piece for each entry. Nothing is compressed: PDFs are already."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as archive:
        for entry in entries:
            archive.writestr(_info(entry), entry.content)
            yield pipe.take()
    yield pipe.take()


def _info(entry: ZipEntry) -> ZipInfo:
    moment = entry.moment
    info = ZipInfo(entry.name, date_time=(max(moment.year, FIRST_YEAR), *moment.timetuple()[1:6]))
    info.external_attr = 0o644 << 16
    return info
