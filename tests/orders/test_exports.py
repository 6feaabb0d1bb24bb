import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from orders.exports import export_csv, export_rows, export_xlsx, placed_between
from orders.models import BillingAddress, Invoice, Order, OrderLine, Payment
from orders.status import OrderStatus
from tests.factories import make_order

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example","Click")'
HEADINGS = [
    "Number", "Placed", "Paid", "Status", "Customer", "E-mail", "Country", "Currency",
    "Subtotal", "Shipping", "Tax included", "Total", "Invoice", "Payment", "Lines",
    "Company", "VAT ID",
]  # fmt: skip


def placed(order: Order, moment: datetime) -> Order:
    Order.objects.filter(pk=order.pk).update(created_at=moment)
    return order


def make_paid_order(**fields: object) -> Order:
    """Paid for at noon, with two lines, a payment and an invoice."""
    noon = datetime(2026, 5, 4, 12, 30, 5, 999, tzinfo=UTC)
    order = make_order(status=OrderStatus.PAID, quantity=2, paid_at=noon, **fields)
    placed(order, noon - timedelta(minutes=2))
    OrderLine.objects.create(
        order=order, sku="BOWL-2", title="Bowl", quantity=1, unit_price=Decimal("10.00"),
        line_total=Decimal("10.00"), line_tax=Decimal("1.60"),
    )  # fmt: skip
    Payment.objects.create(
        order=order, payment_intent=f"pi_{order.pk}", amount=order.total, currency=order.currency
    )
    Invoice.objects.create(
        order=order, number=f"FK-2026-{order.pk:05d}", document={}, issued_at=noon
    )
    return order


def as_csv(orders: object) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(export_csv(orders)))))


def test_a_row_holds_what_bookkeeping_needs() -> None:
    order = make_paid_order(name="Zoë Ängström", email="zoe@example.com")
    headings, row = export_rows(Order.objects.all())
    assert headings == HEADINGS
    assert row == [
        order.number, "2026-05-04T12:28:05+00:00", "2026-05-04T12:30:05+00:00", "Paid",
        "Zoë Ängström", "zoe@example.com", "DE", "EUR",
        Decimal("48.00"), Decimal("4.90"), Decimal("4.61"), Decimal("52.90"),
        f"FK-2026-{order.pk:05d}", f"pi_{order.pk}", "2 x MUG-1, 1 x BOWL-2", "", "",
    ]  # fmt: skip


def test_an_unpaid_order_leaves_cells_empty() -> None:
    make_order()
    row = dict(zip(*export_rows(Order.objects.all()), strict=True))
    assert (row["Status"], row["Paid"], row["Invoice"], row["Payment"]) == (
        "Awaiting payment", "", "", "",
    )  # fmt: skip


def test_a_bill_to_a_company_says_which_in_the_same_queries(
    django_assert_num_queries: Any,
) -> None:
    BillingAddress.objects.create(
        order=make_order(), company=FORMULA, vat_id="DE123456788", address_line1="Rue 1",
        city="Paris", country="FR",
    )  # fmt: skip
    with django_assert_num_queries(3):
        row = dict(zip(*export_rows(Order.objects.all()), strict=True))
    assert (row["Company"], row["VAT ID"]) == (f"'{FORMULA}", "DE123456788")


def test_moments_are_local(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    placed(make_order(), datetime(2026, 5, 4, 23, 30, tzinfo=UTC))
    row = dict(zip(*export_rows(Order.objects.all()), strict=True))
    assert row["Placed"] == "2026-05-05T01:30:00+02:00"


@pytest.mark.parametrize("name", [FORMULA, "+49 30", "-1", "@sum", "\t=1+1", "＝1+1", "\u200b=1+1"])
def test_no_text_runs_as_a_formula(name: str) -> None:
    make_order(name=name)
    row = dict(zip(*as_csv(Order.objects.all()), strict=True))
    assert row["Customer"].startswith("'")
    output = BytesIO()
    export_xlsx(Order.objects.all(), output)
    cell = load_workbook(output).active.cell(row=2, column=5)
    assert cell.data_type == "s"
    assert cell.value == row["Customer"]


def test_the_formula_is_still_readable() -> None:
    make_order(name=FORMULA)
    row = dict(zip(*as_csv(Order.objects.all()), strict=True))
    assert row["Customer"] == f"'{FORMULA}"


@pytest.mark.parametrize("name", ["#N/A", "a\x0bb", "two\r\nlines"])
def test_strange_text_breaks_neither_table(name: str) -> None:
    make_order(name=name)
    assert len(as_csv(Order.objects.all())) == 2
    output = BytesIO()
    export_xlsx(Order.objects.all(), output)
    cell = load_workbook(output).active.cell(row=2, column=5)
    assert (cell.data_type, cell.value.split()) == ("s", name.replace("\x0b", " ").split())


def test_amounts_are_numbers_in_xlsx() -> None:
    make_paid_order()
    output = BytesIO()
    export_xlsx(Order.objects.all(), output)
    sheet = load_workbook(output).active
    assert [cell.value for cell in sheet[1]] == HEADINGS
    amounts = sheet[2][8:12]
    assert [cell.data_type for cell in amounts] == ["n"] * 4
    assert [cell.value for cell in amounts] == [48, 4.9, 4.61, 52.9]
    assert {cell.number_format for cell in amounts} == {"0.00"}


def test_currencies_keep_their_own_decimals() -> None:
    make_order(currency="JPY", unit_price="1200", shipping="500", tax_total=Decimal(271))
    row = dict(zip(*as_csv(Order.objects.all()), strict=True))
    assert (row["Currency"], row["Total"], row["Tax included"]) == ("JPY", "1700", "271")


def test_more_orders_need_no_more_queries() -> None:
    counts = []
    for wanted in (3, 30):
        for _ in range(wanted - Order.objects.count()):
            make_paid_order()
        with CaptureQueriesContext(connection) as queries:
            assert len(list(export_rows(Order.objects.all()))) == wanted + 1
        counts.append(len(queries))
    assert counts == [3, 3]


def test_placed_between_includes_both_days_in_local_time(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    moments = {
        "before": datetime(2026, 4, 30, 21, 59, tzinfo=UTC),
        "first": datetime(2026, 4, 30, 22, 0, tzinfo=UTC),
        "last": datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC),
        "after": datetime(2026, 5, 31, 22, 0, tzinfo=UTC),
    }
    for number, moment in moments.items():
        placed(make_order(number=number), moment)
    orders = Order.objects.order_by("created_at")
    may = placed_between(orders, start=date(2026, 5, 1), end=date(2026, 5, 31))
    assert [order.number for order in may] == ["first", "last"]
    assert placed_between(orders, start=None, end=None).count() == 4


def run_command(*arguments: str) -> bytes:
    stdout = TextIOWrapper(BytesIO())
    call_command("export_orders", *arguments, stdout=stdout)
    return stdout.buffer.getvalue()


def test_command_writes_csv_to_standard_output() -> None:
    placed(make_order(number="APRIL"), datetime(2026, 4, 5, tzinfo=UTC))
    placed(make_order(number="MAY", name="Zoë"), datetime(2026, 5, 5, tzinfo=UTC))
    placed(make_order(number="JUNE"), datetime(2026, 6, 5, tzinfo=UTC))
    text = run_command("--from", "2026-05-01", "--to", "2026-05-31").decode()
    rows = list(csv.reader(StringIO(text)))
    assert [(row[0], row[4]) for row in rows] == [("Number", "Customer"), ("MAY", "Zoë")]


def test_command_writes_xlsx_to_a_file(tmp_path: Path) -> None:
    order = make_paid_order()
    path = tmp_path / "orders.xlsx"
    assert run_command("--format", "xlsx", "--output", str(path)) == b""
    assert load_workbook(path).active.cell(row=2, column=1).value == order.number


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "yesterday"], "“yesterday” is not a day. Write it as in 2026-05-31."),
        (["--to", "9999-12-31"], "“9999-12-31” is not a day"),
        (["--from", "2026-05-02", "--to", "2026-05-01"], "is after the last day"),
        (["--format", "pdf"], "invalid choice: 'pdf'"),
        (["--output", "/no/such/folder/orders.csv"], "cannot be written"),
    ],
)
def test_command_explains_wrong_arguments(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run_command(*arguments)
