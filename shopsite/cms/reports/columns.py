"""The columns of a report: how a value is shown, summed and taken along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopsite.lib.money import Money

DAY_FORMAT = "SHORT_DATE_FORMAT"


@dataclass(frozen=True)
class ReportColumn:
    """Reads the attribute `name` of a row. The page shows `shown` in its place, if there is one,
    linked to the address in the attribute `url`."""

    name: str
    label: str | Promise
    shown: str = ""
    url: str = ""
    is_number: bool = False
    is_summed: bool = False
    is_on_page: bool = True
    is_taken_along: bool = True

    def cell(self, row: object) -> "Cell":
        value = getattr(row, self.shown or self.name)
        url = getattr(row, self.url) if self.url else ""
        return Cell(shown_value(value), url, is_number=self.is_number)

    def taken_along(self, row: object) -> object:
        """The value in a spreadsheet: an amount is a number, its currency has its own column."""
        value = getattr(row, self.name)
        return value.quantize().amount if isinstance(value, Money) else value


@dataclass(frozen=True)
class PostButton:
    """A form of one button. `about` says to whoever only hears it which row it belongs to."""

    url: str
    name: str
    value: str
    label: str | Promise
    about: str


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""
    is_number: bool = False
    button: PostButton | None = None


def amount_column(name: str, label: Promise) -> ReportColumn:
    return ReportColumn(name, label, is_number=True, is_summed=True)


CURRENCY = ReportColumn("currency", gettext_lazy("Currency"), is_on_page=False)


def shown_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, DAY_FORMAT)
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return str(value)


def foot_of(
    columns: Sequence[ReportColumn], totals: Iterable[tuple[str, dict[str, Any]]]
) -> list[list[Cell]]:
    """The last lines of the table: one for each currency, with what `add_up` found."""
    totals = list(totals)
    lines = []
    for currency, sums in totals:
        label = _("Total in %(currency)s") % {"currency": currency} if len(totals) > 1 else ""
        cells = [Cell(shown_value(sums.get(one.name)), is_number=one.is_number) for one in columns]
        lines.append([Cell(label or _("Total")), *cells[1:]])
    return lines


def add_up(
    columns: Sequence[ReportColumn], rows: Iterable[Any]
) -> list[tuple[str, dict[str, Any]]]:
    """What the rows of each currency come to, in the columns that are summed."""
    by_currency: dict[str, dict[str, Any]] = {}
    names = [column.name for column in columns if column.is_summed]
    for row in rows:
        sums = by_currency.setdefault(row.currency, {})
        for name in names:
            value = getattr(row, name)
            sums[name] = sums[name] + value if name in sums else value
    return sorted(by_currency.items())


def number_format_of(value: Decimal) -> str:
    """How a spreadsheet shows it: with as many decimals as it has."""
    return f"{Decimal(0):.{max(0, -int(value.as_tuple().exponent))}f}"
