"""The report of invoices: what was issued in some days, singly and as a zip."""

import csv
import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders import refunds
from orders.models import CreditNote, Invoice, Order
from orders.papers import keep_paper, paper_pdf
from orders.reports import paper_zip
from tests.export_history import export_history
from tests.factories import make_user
from tests.orders.desk import FORMULA
from tests.orders.refunding import piece
from tests.orders.reporting import NOON, come_back, give_back, sell
from tests.orders.stripe_double import ProviderDouble
from tests.orders.test_report_pages import JULY, MUG, TEA, permission, table, text

pytestmark = pytest.mark.django_db

ZIP = "/admin/reports/invoices/all.zip"


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)


def unzip(client: Client, **query: str) -> tuple[ZipFile, list[list[str]]]:
    """The zip, and its table."""
    response = client.get(ZIP, query or JULY)
    assert response.status_code == 200
    archive = ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return archive, list(csv.reader(StringIO(archive.read("index.csv").decode())))


def papers(**fields: object) -> tuple[Invoice, CreditNote, str]:
    order = sell(MUG, TEA, **fields)
    note = give_back(order, piece(order, "MUG", 1), at=NOON + timedelta(hours=1))
    reversal = come_back(note, at=NOON + timedelta(hours=2))
    return order.invoice, note, reversal.number


def test_every_paper_is_listed_and_the_totals_are_those_of_the_report_of_tax(
    clerk: Client,
) -> None:
    invoice, note, reversal = papers(number="F7")
    day = ["15 Jul 2026", "F7", "Germany"]
    assert table(clerk, "invoices") == [
        ["Number", "Kind", "Day", "Order", "Country", "Without tax", "Tax", "With tax"],
        [invoice.number, "Invoice", *day, "€114.79", "€18.21", "€133.00"],
        [note.number, "Credit note", *day, "-€20.17", "-€3.83", "-€24.00"],
        [reversal, "Reversal of a credit note", *day, "€20.17", "€3.83", "€24.00"],
        ["Total", "", "", "", "", "€114.79", "€18.21", "€133.00"],
    ]  # fmt: skip


def test_a_number_leads_to_the_file_that_was_sent(clerk: Client) -> None:
    invoice, note, _reversal = papers()
    html = clerk.get("/admin/reports/invoices/", JULY).content.decode()
    for paper in (invoice, note):
        address = f"/admin/reports/invoices/{paper.number}.pdf"
        assert f'href="{address}"' in html
        response = clerk.get(address)
        assert response.content == paper_pdf(paper)
        assert response["Content-Type"] == "application/pdf"
    assert clerk.get("/admin/reports/invoices/FK-2026-99999.pdf").status_code == 404


def test_the_zip_holds_the_files_and_a_table_with_their_hashes(clerk: Client) -> None:
    invoice, note, reversal = papers(number="F7")
    sell(TEA, at=NOON + timedelta(days=40))
    html = " ".join(clerk.get("/admin/reports/invoices/", JULY).content.decode().split())
    assert f'href="{ZIP}?days_from=2026-07-01&amp;days_to=2026-07-31"' in html
    archive, rows = unzip(clerk)
    names = [f"{number}.pdf" for number in (invoice.number, note.number, reversal)]
    assert archive.namelist() == [*names, "index.csv"]
    hashes = [hashlib.sha256(archive.read(name)).hexdigest() for name in names]
    assert rows == [
        ["Number", "Kind", "Day", "Order", "Country", "Currency", "Without tax", "Tax", "With tax",
         "SHA-256", "File"],
        [invoice.number, "Invoice", "2026-07-15", "F7", "DE", "EUR", "114.79", "18.21", "133.00",
         hashes[0], names[0]],
        [note.number, "Credit note", "2026-07-15", "F7", "DE", "EUR", "-20.17", "-3.83", "-24.00",
         hashes[1], names[1]],
        [reversal, "Reversal of a credit note", "2026-07-15", "F7", "DE", "EUR", "20.17", "3.83",
         "24.00", hashes[2], names[2]],
    ]  # fmt: skip
    assert archive.read(names[0]) == paper_pdf(Invoice.objects.earliest("pk"))


def test_taking_the_zip_along_stands_in_the_history_of_the_site(clerk: Client) -> None:
    papers()
    sell(TEA, at=NOON + timedelta(days=40))
    clerk.get("/admin/reports/invoices/", JULY)
    assert clerk.get(ZIP, {"days_from": "2026-07-31", "days_to": "2026-07-01"}).status_code == 302
    assert export_history("orders.export_papers") == []
    clerk.get(ZIP, JULY)  # Whether or not anybody waits for its end.
    assert export_history("orders.export_papers") == [
        (
            "clerk", "3 invoices and credit notes were taken along as ZIP.",
            {"count": 3, "format": "zip"},
        ),
    ]  # fmt: skip


def test_days_are_those_of_the_shop(clerk: Client, settings: object) -> None:
    settings.TIME_ZONE = "Europe/Berlin"  # type: ignore[attr-defined]
    late = sell(MUG, at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # The first of July there.
    sell(MUG, at=datetime(2026, 7, 31, 22, 30, tzinfo=UTC))
    archive, rows = unzip(clerk)
    assert archive.namelist() == [f"{late.invoice.number}.pdf", "index.csv"]
    assert rows[1][2] == "2026-07-01"


def test_a_damaged_file_is_not_in_the_zip_and_the_table_says_so(clerk: Client) -> None:
    first, second = sell(MUG).invoice, sell(TEA).invoice
    keep_paper(first)
    path = Path(storages["private"].path(first.file_name))
    path.chmod(0o640)
    path.write_bytes(b"%PDF forged")
    archive, rows = unzip(clerk)
    assert archive.namelist() == [f"{second.number}.pdf", "index.csv"]
    assert rows[1][-1] == "Not here: the stored file is missing or was changed."
    shown = clerk.get(f"/admin/reports/invoices/{first.number}.pdf", follow=True)
    assert shown.redirect_chain == [("/admin/reports/invoices/", 302)]
    assert f"The stored file of {first.number} is missing or was changed" in str(shown.content)


def test_no_spreadsheet_runs_what_the_table_holds(clerk: Client) -> None:
    sell(MUG)
    Order.objects.update(number=FORMULA[:20])
    _archive, rows = unzip(clerk)
    assert rows[1][3] == f"'{FORMULA[:20]}"


def test_days_without_invoices_and_days_that_there_are_not(clerk: Client) -> None:
    page = text(clerk, "invoices", **JULY)
    assert "No invoice was issued in these days." in page
    assert "Download all as zip" not in page
    archive, rows = unzip(clerk)
    assert (archive.namelist(), len(rows)) == (["index.csv"], 1)
    wrong = {"days_from": "2026-07-31", "days_to": "2026-07-01"}
    response = clerk.get(ZIP, wrong)
    assert response.status_code == 302
    assert response["Location"] == (
        "/admin/reports/invoices/?days_from=2026-07-31&days_to=2026-07-01"
    )
    assert clerk.post(ZIP).status_code == 405


@pytest.mark.parametrize("codename", ["view_sales_reports", "view_order"])
def test_neither_the_right_to_figures_nor_that_to_orders_is_enough(
    client: Client, codename: str
) -> None:
    person = make_user("person")
    for each in ("access_admin", codename):
        person.user_permissions.add(permission(each))
    client.force_login(person)
    number = sell(MUG).invoice.number
    for address in ("", "all.zip", f"{number}.pdf"):
        response = client.get(f"/admin/reports/invoices/{address}")
        assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_who_may_take_along_but_not_see_orders_gets_no_links_to_them(client: Client) -> None:
    person = make_user("person")
    for each in ("access_admin", "export_order"):
        person.user_permissions.add(permission(each))
    client.force_login(person)
    sell(MUG, number="F7")
    html = client.get("/admin/reports/invoices/", JULY).content.decode()
    assert "F7" in html
    assert "/admin/orders/order/inspect/" not in html


def test_more_papers_take_no_more_queries(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_zip, "paper_pdf", lambda _paper: b"%PDF")
    for _number in range(2):
        papers()
    count_queries(clerk, ZIP)
    counts = [count_queries(clerk, "/admin/reports/invoices/"), count_queries(clerk, ZIP)]
    for _number in range(8):
        papers()
    assert counts == [count_queries(clerk, "/admin/reports/invoices/"), count_queries(clerk, ZIP)]
    assert len(table(clerk, "invoices")) == 32


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, JULY)
        if response.streaming:
            list(response.streaming_content)
    return len(queries)
