"""The data in invoices and credit notes of real orders: the same sums as on the paper."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import transaction
from facturx import get_xml_from_pdf
from hypothesis import HealthCheck, given, settings

from orders import canceling, refunds
from orders.canceling import cancel_order
from orders.invoices import issue_invoice
from orders.models import PAPERS, BillingAddress, Order, SellerSettings
from orders.papers import paper_pdf
from orders.status import OrderStatus
from shopsite.lib.factur_x import check_xml
from shopsite.lib.invoice_document import InvoiceDocument
from shopsite.lib.invoice_rendering import invoice_xml
from tests.factories import make_order
from tests.lib.test_factur_x import amount, read
from tests.orders.refunding import piece
from tests.orders.reporting import give_back, number, sell
from tests.orders.stripe_double import ProviderDouble
from tests.orders.test_tax_report import MUG, REFUNDS, SALES, TEA, make_refund, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)


@pytest.fixture(autouse=True)
def seller(db: None) -> SellerSettings:
    seller = SellerSettings.load()
    seller.country, seller.vat_id = "DE", "DE 136695976"
    seller.save()
    return seller


def xml_of(paper: object) -> bytes:
    return invoice_xml(InvoiceDocument.from_json(paper.document))  # type: ignore[attr-defined]


def check_papers() -> int:
    """Every sum in the data is that on the paper, and a sum of its parts."""
    count = 0
    for model in PAPERS:
        for paper in model._default_manager.all():
            xml, printed = xml_of(paper), paper.document["tax_lines"]
            check_xml(xml)
            taxes = {
                Decimal(one["rate"]): (Decimal(one["net"]), Decimal(one["tax"]))
                for one in paper.document["e_invoice"]["taxes"]
            }
            on_paper = {
                number(one["rate"]): (number(one["net"]), number(one["tax"])) for one in printed
            }
            assert {rate: sums for rate, sums in taxes.items() if any(sums)} == {
                rate: sums for rate, sums in on_paper.items() if any(sums)
            }
            assert amount(xml, "GrandTotalAmount") == number(paper.document["total"])
            assert amount(xml, "TaxBasisTotalAmount") == (
                amount(xml, "LineTotalAmount")
                + amount(xml, "ChargeTotalAmount")
                - amount(xml, "AllowanceTotalAmount")
            )
            assert read(xml, "//ram:LineID")
            count += 1
    return count


def test_an_accountants_program_reads_the_invoice_that_the_shopper_got() -> None:
    order = sell(MUG, TEA)
    _name, xml = get_xml_from_pdf(BytesIO(paper_pdf(order.invoice)))
    check_xml(xml)
    assert read(xml, "//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID") == [
        "DE136695976"
    ]
    assert read(xml, "//ram:BuyerTradeParty/ram:Name") == ["Alice Arnold"]
    assert read(xml, "//ram:SellerOrderReferencedDocument/ram:IssuerAssignedID") == [order.number]
    assert read(xml, "//ram:SpecifiedTradeProduct/ram:Name") == ["Mug", "Tea", "Parcel"]
    assert [amount(xml, name) for name in ("TaxBasisTotalAmount", "TaxTotalAmount")] == [
        Decimal("114.79"), Decimal("18.21"),
    ]  # fmt: skip
    assert check_papers() == 1


def test_who_is_billed_is_the_buyer_and_who_gets_the_parcel_is_not() -> None:
    order = make_order(status=OrderStatus.PAID)
    BillingAddress.objects.create(
        order=order, company="Tea & Co.", name="Bo Berg", vat_id="FR61954506077",
        address_line1="Rue 1", postal_code="75001", city="Paris", country="FR",
    )  # fmt: skip
    xml = xml_of(issue_invoice(order))
    buyer = "//ram:BuyerTradeParty"
    assert read(xml, f"{buyer}/ram:Name") == ["Tea & Co."]
    assert read(xml, f"{buyer}//ram:LineOne") == ["Bo Berg"]
    assert read(xml, f"{buyer}//ram:CountryID") == ["FR"]
    assert read(xml, f"{buyer}/ram:SpecifiedTaxRegistration/ram:ID") == ["FR61954506077"]
    assert read(xml, "//ram:ShipToTradeParty/ram:Name") == ["Alice Arnold"]


@pytest.mark.parametrize(("country", "vat_id"), [("", "DE136695976"), ("DE", ""), ("DE", "12345")])
def test_without_the_sellers_country_and_vat_id_there_are_no_data(
    seller: SellerSettings, country: str, vat_id: str
) -> None:
    seller.country, seller.vat_id = country, vat_id
    seller.save()
    invoice = sell(MUG).invoice
    assert invoice.document["e_invoice"] is None
    assert paper_pdf(invoice).startswith(b"%PDF")


def test_credit_notes_add_up_to_the_invoice() -> None:
    order = sell(MUG, TEA)
    give_back(order, other="33.33")
    give_back(order, piece(order, "MUG", 1), shipping="4.90")
    cancel_order(order=Order.objects.get(), user=None)
    notes = [xml_of(note) for note in order.invoice.credit_notes.all()]
    assert read(notes[0], "//rsm:ExchangedDocument/ram:TypeCode") == ["381"]
    assert read(notes[0], "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == [
        order.invoice.number
    ]
    invoice = xml_of(order.invoice)
    for name in ("TaxTotalAmount", "GrandTotalAmount"):
        assert sum(amount(note, name) for note in notes) == amount(invoice, name)
    assert check_papers() == 4


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sale=SALES, given_back=REFUNDS, again=REFUNDS)
def test_whatever_is_sold_and_given_back_the_data_are_the_paper(
    sale: dict, given_back: dict, again: dict
) -> None:
    with transaction.atomic():
        order = make_sale(sale)
        make_refund(order, given_back)
        make_refund(order, again)
        assert check_papers() >= 1
        transaction.set_rollback(True)
