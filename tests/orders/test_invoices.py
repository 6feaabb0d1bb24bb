"""Invoices: numbered without gaps, frozen, readable."""

from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from orders.invoices import issue_invoice
from orders.models import Invoice, InvoiceSeries, Order, SellerSettings
from orders.papers import paper_pdf
from orders.status import OrderStatus
from products.models import Product
from shopsite.lib.pdf import PdfError
from tests.factories import make_order, make_product

pytestmark = pytest.mark.django_db


def paid_order(**fields: object) -> Order:
    return make_order(status=OrderStatus.PAID, paid_at=timezone.now(), **fields)


def test_numbers_run_without_a_gap_also_over_a_payment_that_was_rolled_back() -> None:
    year = timezone.localdate().year
    first = issue_invoice(paid_order())
    with transaction.atomic():
        lost = issue_invoice(paid_order())
        transaction.set_rollback(True)  # As when the payment could not be recorded.
    second = issue_invoice(paid_order())
    assert [first.number, second.number] == [f"FK-{year}-00001", f"FK-{year}-00002"]
    assert lost.number == second.number
    assert InvoiceSeries.objects.get().last_number == 2


def test_an_order_has_one_invoice_however_often_it_is_asked_for() -> None:
    order = paid_order()
    assert issue_invoice(order) == issue_invoice(order)
    assert Invoice.objects.count() == 1


def test_the_invoice_is_frozen_whatever_changes_later() -> None:
    variant = make_product("Speckled Mug", sku="MUG")
    order = paid_order(variant=variant)
    invoice = issue_invoice(order)
    before = paper_pdf(invoice)
    Product.objects.all().delete()
    order.lines.update(title="Another name")
    Order.objects.update(name="Somebody else", total=999)
    seller = SellerSettings.load()
    seller.legal_name = "New Owner"
    seller.save()
    assert paper_pdf(Invoice.objects.get()) == before


def test_the_pdf_says_what_was_bought_and_by_whom() -> None:
    order = paid_order(unit_price="24.00", quantity=2, shipping="4.90", name="Zoë Müller")
    invoice = issue_invoice(order)
    reader = PdfReader(BytesIO(paper_pdf(invoice)))
    text = " ".join(reader.pages[0].extract_text().split())
    for words in (invoice.number, order.number, "Zoë Müller", "Speckled Mug", "€52.90", "VAT 19 %"):
        assert words in text
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_shopper_reads_that_the_invoice_cannot_be_made_now(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(invoice: Invoice) -> bytes:
        raise PdfError(f"{invoice.number} could not be typeset")

    order = issue_invoice(paid_order()).order
    address = f"/orders/{order.token}/invoice/"
    assert client.get(address).content.startswith(b"%PDF")
    monkeypatch.setattr("orders.views.paper_pdf", fail)
    response = client.get(address, follow=True)
    assert response.redirect_chain == [(order.get_absolute_url(), 302)]
    assert "The PDF cannot be made just now. Please try again later." in str(response.content)


def test_deleting_a_product_leaves_orders_as_they_are() -> None:
    variant = make_product("Speckled Mug", sku="MUG")
    order = paid_order(variant=variant)
    Product.objects.all().delete()
    line = order.lines.get()
    assert (line.variant, line.sku, line.title) == (None, "MUG", "Speckled Mug")
