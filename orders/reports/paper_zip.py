"""All invoices and credit notes of some days in one zip, with a table of what is in it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.papers import PaperDamaged, paper_pdf
from orders.reports.papers import PaperRow, paper_rows, papers_of
from shopsite.cms.reports.days import Days
from shopsite.lib.pdf import PdfError
from shopsite.lib.text import plain_line, safe_spreadsheet_cell
from shopsite.lib.zip_stream import ZipEntry, stream_zip

CHUNK_SIZE = 100  # Papers of which the database is asked at once.
INDEX = "index.csv"
MAX_TEXT = 300


@dataclass(frozen=True)
class IndexColumn:
    heading: str | Promise
    value: Callable[[PaperRow], object]


COLUMNS = (
    IndexColumn(gettext_lazy("Number"), lambda row: row.number),
    IndexColumn(gettext_lazy("Kind"), lambda row: str(row.kind)),
    IndexColumn(gettext_lazy("Day"), lambda row: row.day.isoformat()),
    IndexColumn(gettext_lazy("Order"), lambda row: row.order),
    IndexColumn(gettext_lazy("Country"), lambda row: row.country),
    IndexColumn(gettext_lazy("Currency"), lambda row: row.currency),
    IndexColumn(gettext_lazy("Without tax"), lambda row: row.net.amount),
    IndexColumn(gettext_lazy("Tax"), lambda row: row.tax.amount),
    IndexColumn(gettext_lazy("With tax"), lambda row: row.gross.amount),
    IndexColumn(gettext_lazy("SHA-256"), lambda row: row.sha256),
)


def zip_of_papers(days: Days) -> Iterator[bytes]:
    """The bytes of the zip as they are made, in memory of a few files whatever their number.

    Files that nobody has asked for before are made on the way. One that cannot be given out is not
    in the zip, and the table says why: half a year of papers must not be lost over one.
    """
    yield from stream_zip(_entries(days))


def _entries(days: Days) -> Iterator[ZipEntry]:
    index = [[*(str(column.heading) for column in COLUMNS), _("File")]]
    for row in _rows(days):
        name = f"{row.number}.pdf"
        try:
            yield ZipEntry(name, paper_pdf(row.paper), row.moment)
        except PdfError as error:
            name = _why_not(error)
        index.append([*(str(_safe(column.value(row))) for column in COLUMNS), name])
    yield ZipEntry(INDEX, _csv(index), timezone.localtime())


def _rows(days: Days) -> Iterator[PaperRow]:
    keys = iter(list(papers_of(days)))
    while chunk := list(islice(keys, CHUNK_SIZE)):
        yield from paper_rows(chunk, links_to_orders=False)


def _why_not(error: PdfError) -> str:
    if isinstance(error, PaperDamaged):
        return _("Not here: the stored file is missing or was changed.")
    return _("Not here: it cannot be typeset.")


def _safe(value: object) -> object:
    return safe_spreadsheet_cell(plain_line(value, MAX_TEXT)) if isinstance(value, str) else value


def _csv(rows: list[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
