"""A zip that is sent while it is made is a whole zip in the end."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from shopsite.lib.zip_stream import ZipEntry, stream_zip

NOON = datetime(2026, 7, 15, 12, 0, 30, tzinfo=UTC)


def test_what_goes_in_comes_out() -> None:
    entries = [
        ZipEntry("a.pdf", b"%PDF" * 5000, NOON),
        ZipEntry("Zoë.csv", b"", NOON.replace(year=1970)),
    ]
    with ZipFile(BytesIO(b"".join(stream_zip(entries)))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.pdf", "Zoë.csv"]
        assert archive.read("a.pdf") == b"%PDF" * 5000
        assert archive.getinfo("a.pdf").date_time == (2026, 7, 15, 12, 0, 30)
        assert archive.getinfo("Zoë.csv").date_time[0] == 1980


def test_each_piece_is_sent_before_the_next_is_made() -> None:
    made = []

    def entries() -> Iterator[ZipEntry]:
        for name in ("1", "2", "3"):
            made.append(name)
            yield ZipEntry(name, b"x" * 1000, NOON)

    pieces = stream_zip(entries())
    assert len(next(pieces)) > 1000
    assert made == ["1"]
    assert next(pieces)
    assert made == ["1", "2"]


def test_without_entries_it_is_empty_and_whole() -> None:
    with ZipFile(BytesIO(b"".join(stream_zip([])))) as archive:
        assert archive.namelist() == []
