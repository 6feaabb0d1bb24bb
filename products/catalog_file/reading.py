"""From the bytes of a file to its lines: encoding, separator, header. Pure."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from django.utils.translation import gettext as _

from products.catalog_file.columns import ATTRIBUTE_PREFIX, COLUMNS

SEPARATORS = (",", ";", "\t")
MAX_LINES = 200_000


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, in the words of whoever made the file."""

    line: int
    text: str


class FileError(Exception):
    """The file as a whole cannot be read, so that none of its lines can be trusted."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, text)


@dataclass(frozen=True)
class Line:
    """A line with its cells by column, without white space around them; empty cells are left out.

    `number` is where it begins in the file: a cell may hold line breaks.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    problems: list[Problem]


def read_table(content: bytes, *, attribute_codes: Collection[str]) -> Table:
    """The lines of a file, without empty ones. Raises FileError."""
    rows = _rows(_decoded(content))
    header = next(rows, None)
    if header is None:
        raise FileError(1, _("The file is empty."))
    columns = _columns(*header, attribute_codes)
    lines, problems = [], []
    for number, cells in rows:
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            text = _("The line has %(cells)d cells, but the first line names %(columns)d columns.")
            counts = {"cells": len(cells), "columns": len(columns)}
            problems.append(Problem(number, text % counts))
            continue
        named = zip(columns, cells, strict=False)
        lines.append(Line(number, {column: cell for column, cell in named if cell}))
    if not lines and not problems:
        raise FileError(1, _("The file has no lines below the names of its columns."))
    return Table(lines, problems)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        text = _("The file is not in UTF-8. In Excel, save it as “CSV UTF-8”.")
        raise FileError(line, text) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Where each row begins, and its cells; rows without any content are passed over."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    count, start = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            text = _(
                "The quotation marks of this line do not match, so that nothing after it can be "
                "read. Inside a cell, write each of them twice."
            )
            raise FileError(start, text) from error
        cells = [cell.strip() for cell in cells]
        if any(cells):
            count += 1
            if count > MAX_LINES:
                too_long = _("The file has more than %(count)d lines. Please split it.")
                raise FileError(start, too_long % {"count": MAX_LINES})
            yield start, cells
        start = reader.line_num + 1


def _separator(text: str) -> str:
    """The one that stands most often in the first line that is not empty."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=header.count)


def _columns(line: int, cells: list[str], attribute_codes: Collection[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]  # Spreadsheets leave empty columns behind.
    columns = [cell.casefold() for cell in cells]
    known = [*COLUMNS, *(f"{ATTRIBUTE_PREFIX}{code}" for code in attribute_codes)]
    for position, column in enumerate(columns):
        if not column:
            text = _("Column %(number)d has no name.") % {"number": position + 1}
            raise FileError(line, text)
        if column in columns[:position]:
            text = _("The column “%(column)s” is there twice.") % {"column": column}
            raise FileError(line, text)
        if column not in known:
            raise FileError(line, _unknown_column(column, known))
    if "sku" not in columns:
        raise FileError(line, _("The first line must name the columns, and one of them is “sku”."))
    return columns


def _unknown_column(column: str, known: Collection[str]) -> str:
    if column.startswith(ATTRIBUTE_PREFIX):
        code = column.removeprefix(ATTRIBUTE_PREFIX)
        text = _(
            "There is no attribute with the code “%(code)s”. Make it under Products > Attributes "
            "first."
        )
        return text % {"code": code}
    near = get_close_matches(column, known, n=1)
    if near:
        text = _("The column “%(column)s” is not known. Is it “%(near)s”?")
        return text % {"column": column, "near": near[0]}
    text = _(
        "The column “%(column)s” is not known. The first line of the file names the columns, such "
        "as sku, product and price."
    )
    return text % {"column": column}
