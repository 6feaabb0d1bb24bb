"""A refund that fails after it succeeded: its credit note is taken back, in papers and in books."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from orders import canceling, refunds
from orders.canceling import cancel_order
from orders.models import CreditNote, Invoice, InvoiceSeries, Order, Reversal, SellerSettings
from orders.papers import paper_pdf
from orders.refund_records import record_refund
from orders.reports.refunds import given_back, refund_rows, refunds_of
from orders.reports.sales import sales_by_day
from orders.reports.taxes import taxes_by_rate
from shopsite.cms.reports.days import Days
from shopsite.lib.factur_x import check_xml
from shopsite.lib.invoice_document import InvoiceDocument
from shopsite.lib.invoice_rendering import invoice_xml
from tests.lib.test_factur_x import amount, read
from tests.orders.desk import page_of
from tests.orders.refunding import euros, piece
from tests.orders.reporting import JULY, NOON, come_back, give_back, sell, taxes_on_paper
from tests.orders.stripe_double import ProviderDouble
from tests.orders.test_tax_report import (
    MUG,
    REFUNDS,
    SALES,
    TEA,
    make_refund,
    make_sale,
    told,
    told_as_on_paper,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)


def test_the_reversal_is_the_next_invoice_and_says_what_it_takes_back() -> None:
    order = sell(MUG, TEA)
    note = give_back(order, piece(order, "MUG", 1))
    reversal = come_back(note)
    year = Invoice.objects.get().number.split("-")[1]
    assert reversal.number == f"FK-{year}-00002"
    assert reversal.document["total"] == note.document["total"] == "€24.00"
    text = " ".join(PdfReader(BytesIO(paper_pdf(reversal))).pages[0].extract_text().split())
    for words in ("Invoice", "REVERSES", note.number, "€24.00", "VAT 19 %"):
        assert words in text
    words = f"Credit note {note.number} is taken back: the bank returned its money to the shop."
    assert words in text
    assert "Paid on" not in text


def test_the_staff_hears_of_each_refund_that_comes_back_also_of_the_same_amount() -> None:
    order = sell(MUG)
    for times in (1, 2):
        come_back(give_back(order, other="10.00"))
        assert order.events.filter(kind="attention").count() == times
        assert order.emails.filter(kind="staff_attention").count() == times


def test_it_is_issued_once_however_often_it_is_told_of() -> None:
    order = sell(MUG)
    note = give_back(order, other="10.00")
    first = come_back(note)
    for state in ("failed", "canceled", "succeeded"):
        record_refund(
            note.refund.payment, stripe_id=str(note.refund.stripe_id), amount=euros("10.00"),
            state=state, source="webhook",
        )  # fmt: skip
    assert Reversal.objects.get() == first
    assert InvoiceSeries.objects.get(kind="invoice").last_number == 2
    [event] = order.events.filter(kind="reversal")
    assert (event.text, event.source) == (f"{note.number}: {first.number}", "webhook")


def test_what_fails_before_it_was_given_has_nothing_to_take_back() -> None:
    order = sell(MUG)
    record_refund(
        order.payments.get(), stripe_id="re_1", amount=euros("10.00"), state="failed",
        source="webhook",
    )  # fmt: skip
    assert not CreditNote.objects.exists()
    assert not Reversal.objects.exists()


def test_a_number_that_was_rolled_back_is_not_lost() -> None:
    order = sell(MUG)
    note = give_back(order, other="10.00")
    with transaction.atomic():
        lost = come_back(note)
        transaction.set_rollback(True)
    assert come_back(CreditNote.objects.get()).number == lost.number


def test_the_reports_take_it_off_on_the_day_of_the_reversal() -> None:
    order = sell(MUG, TEA)
    note = give_back(order, piece(order, "MUG", 1))
    come_back(note, at=NOON + timedelta(days=1))
    assert [(str(row.day), str(row.refunded), str(row.kept)) for row in sales_by_day(JULY)] == [
        ("2026-07-15", "€24.00", "€109.00"),
        ("2026-07-16", "-€24.00", "€24.00"),
    ]
    assert [row[3:] for row in told(JULY)] == [
        ("€0.00", "€100.90", "€84.79", "€16.11"),
        ("€0.00", "€32.10", "€30.00", "€2.10"),
    ]
    assert told_as_on_paper(JULY) == taxes_on_paper(JULY)
    refunds_ = refunds_of(JULY)
    assert given_back(refunds_) == []
    [row] = refund_rows(refunds_, links_to_orders=False)
    assert row.credit_note == f"{note.number}, taken back by {Reversal.objects.get().number}"


def test_what_is_given_in_another_way_afterwards_adds_up_to_the_invoice_again() -> None:
    order = sell(MUG, TEA)
    come_back(give_back(order, piece(order, "MUG", 1)))
    give_back(order, other="24.00")
    cancel_order(order=Order.objects.get(), user=None)
    CreditNote.objects.update(issued_at=NOON)
    assert [row[4:] for row in told(JULY)] == [("€0.00",) * 3] * 2
    assert told_as_on_paper(JULY) == taxes_on_paper(JULY)


def test_programs_read_an_invoice_that_names_the_credit_note() -> None:
    seller = SellerSettings.load()
    seller.country, seller.vat_id = "DE", "DE136695976"
    seller.save()
    note = give_back(sell(MUG, TEA), other="10.00")
    xml = invoice_xml(InvoiceDocument.from_json(come_back(note).document))
    check_xml(xml)
    assert read(xml, "//rsm:ExchangedDocument/ram:TypeCode") == ["380"]
    assert read(xml, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == [note.number]
    assert str(amount(xml, "GrandTotalAmount")) == "10.00"


def test_shopper_and_desk_get_the_paper_by_its_number_and_nobody_elses(clerk: Client) -> None:
    order, other = sell(MUG), sell(TEA)
    note = give_back(order, other="10.00")
    reversal = come_back(note)
    page = clerk.get(order.get_absolute_url()).content.decode()
    assert f"Credit note {note.number} (PDF)" in page
    assert f"Invoice {reversal.number} (PDF)" in page
    desk = clerk.get(page_of(order)).content.decode()
    assert f"credit_note/{order.pk}/?number={reversal.number}" in desk
    for address in (
        f"/orders/{order.token}/credit-notes/{reversal.number}/",
        f"{page_of(order, 'credit_note')}?number={reversal.number}",
    ):
        assert clerk.get(address).content == paper_pdf(reversal)
    for address in (
        f"/orders/{other.token}/credit-notes/{reversal.number}/",
        f"{page_of(other, 'credit_note')}?number={reversal.number}",
    ):
        assert clerk.get(address).status_code == 404


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sale=SALES, given=st.lists(st.tuples(REFUNDS, st.booleans()), max_size=3))
def test_whatever_comes_back_the_report_is_the_papers(sale: dict, given: list) -> None:
    with transaction.atomic():
        order = make_sale(sale)
        for refund, is_returned in given:
            make_refund(order, refund)
            note = CreditNote.objects.filter(reversal=None).last()
            if is_returned and note is not None:
                come_back(note)
        for days in (JULY, Days(None, None)):
            assert told_as_on_paper(days) == taxes_on_paper(days)
            assert sum(row.refunded.amount for row in taxes_by_rate(days)) == sum(
                day.refunded.amount for day in sales_by_day(days)
            )
        transaction.set_rollback(True)


def test_more_reversals_take_no_more_queries() -> None:
    counts = []
    for number in (1, 5):
        for _each in range(number):
            come_back(give_back(sell(MUG), other="10.00"))
        with CaptureQueriesContext(connection) as queries:
            taxes_by_rate(JULY)
            sales_by_day(JULY)
        counts.append(len(queries))
    assert counts == [8, 8]
