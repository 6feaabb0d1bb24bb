"""Orders as a table for bookkeeping: one row each, as CSV or XLSX, for the desk and the command.

Text is made safe for spreadsheets, amounts stay numbers and moments are local ISO 8601.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from orders.models import Order
from shopsite.lib.text import plain_line, safe_spreadsheet_cell

CHUNK_SIZE = 500  # Orders in memory at a time.
MAX_TEXT = 30_000  # A cell holds 32767 characters.

Cell = str | Decimal


@dataclass(frozen=True)
class ExportColumn:
    heading: Promise
    value: Callable[[Order], Cell]


class _Line:
    """What csv writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def placed_between(
    orders: QuerySet[Order], *, start: date | None, end: date | None
) -> QuerySet[Order]:
    """Those placed from `start` to `end` in local time, both days included; None is open."""
    if start:
        orders = orders.filter(created_at__gte=_midnight(start))
    if end:
        orders = orders.filter(created_at__lt=_midnight(end + timedelta(days=1)))
    return orders


def export_csv(orders: QuerySet[Order]) -> Iterator[str]:
    """The table line by line, UTF-8 without a byte order mark when encoded."""
    writer = csv.writer(_Line())
    for row in export_rows(orders):
        yield writer.writerow(row)


def export_xlsx(orders: QuerySet[Order], stream: BinaryIO) -> None:
    """Writes the workbook to a binary stream; its rows pass through a file, not memory."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(str(Order._meta.verbose_name_plural))
    sheet.freeze_panes = "A2"
    for row in export_rows(orders):
        sheet.append([_sheet_cell(sheet, value) for value in row])
    workbook.save(stream)


def export_rows(orders: QuerySet[Order]) -> Iterator[list[object]]:
    """The headings, then a row for each order in the queryset's order, some hundreds at a time."""
    yield [str(column.heading) for column in COLUMNS]
    orders = orders.select_related("invoice", "billing").defer("invoice__document")
    orders = orders.prefetch_related("lines", "payments")
    for order in orders.iterator(chunk_size=CHUNK_SIZE):
        yield [_safe(column.value(order)) for column in COLUMNS]


def _safe(value: Cell) -> object:
    return safe_spreadsheet_cell(plain_line(value, MAX_TEXT)) if isinstance(value, str) else value


def _sheet_cell(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would take "#N/A" for an error.
    elif isinstance(value, Decimal):
        cell.number_format = f"{Decimal(0):.{-int(value.as_tuple().exponent)}f}"
    return cell


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _invoice_number(order: Order) -> str:
    try:
        return order.invoice.number
    except ObjectDoesNotExist:
        return ""


def _billed(order: Order, name: str) -> str:
    """Of the bill's own address, if it has one."""
    return str(getattr(order.billing_or_none, name, ""))


def _joined(parts: Iterable[object]) -> str:
    return ", ".join(str(part) for part in parts)


COLUMNS = (
    ExportColumn(_("Number"), lambda order: order.number),
    ExportColumn(_("Placed"), lambda order: _moment(order.created_at)),
    ExportColumn(_("Paid"), lambda order: _moment(order.paid_at)),
    ExportColumn(_("Status"), lambda order: order.get_status_display()),
    ExportColumn(_("Customer"), lambda order: order.name),
    ExportColumn(_("E-mail"), lambda order: order.email),
    ExportColumn(_("Country"), lambda order: order.country.code),
    ExportColumn(_("Currency"), lambda order: order.currency),
    ExportColumn(_("Subtotal"), lambda order: order.money(order.subtotal).amount),
    ExportColumn(_("Shipping"), lambda order: order.money(order.shipping_total).amount),
    ExportColumn(_("Tax included"), lambda order: order.money(order.tax_total).amount),
    ExportColumn(_("Total"), lambda order: order.total_money.amount),
    ExportColumn(_("Invoice"), _invoice_number),
    ExportColumn(_("Payment"), lambda order: _joined(order.payments.all())),
    ExportColumn(_("Lines"), lambda order: _joined(order.lines.all())),
    ExportColumn(_("Company"), lambda order: _billed(order, "company")),
    ExportColumn(_("VAT ID"), lambda order: _billed(order, "vat_id")),
)
