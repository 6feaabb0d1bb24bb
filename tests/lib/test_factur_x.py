"""Invoices as Factur-X: for people and for programs in one file, and both say the same."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from facturx import get_xml_from_pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from shopsite.lib.e_invoice import EInvoice, Party, Position, adjustments, e_lines, rate_sums
from shopsite.lib.e_invoice_xml import NAMESPACES
from shopsite.lib.factur_x import check_xml
from shopsite.lib.invoice_document import InvoiceDocument
from shopsite.lib.invoice_rendering import invoice_xml, render_invoice
from shopsite.lib.money import Money, tax_included
from shopsite.lib.tax import Taxed, TaxShare, split_tax, tax_shares
from tests.lib.test_invoice_document import DOCUMENT

SELLER = Party(
    "Fern & Kettle GmbH", "DE", ("Werkstattgasse 4", "10999 Berlin", "Germany"),
    vat_id="DE136695976", email="hello@fern.example",
)  # fmt: skip
BUYER = Party(
    "Tea & Co.", "FR", ("Bo Berg", "Rue du Thé 1"), postal_code="75001", city="Paris",
    vat_id="FR61954506077",
)  # fmt: skip
SHIP_TO = Party("Alice Arnold", "DE", ("Gartenweg 3",), postal_code="10115", city="Berlin")


def position(
    name: str, gross: str, rate: str, quantity: int = 1, currency: str = "EUR", **fields: str
) -> Position:
    money, percent = Money(Decimal(gross), currency), Decimal(rate)
    return Position(name, money, tax_included(money, percent), percent, quantity, **fields)


def e_invoice(positions: list[Position], shares: tuple[TaxShare, ...]) -> EInvoice:
    return EInvoice(
        currency=positions[0].gross.currency,
        seller=SELLER,
        buyer=BUYER,
        ship_to=SHIP_TO,
        lines=e_lines(positions),
        adjustments=adjustments(positions, shares, rounding="Rounding"),
        taxes=rate_sums(positions, shares),
    )


def document_with(positions: list[Position], **fields: object) -> InvoiceDocument:
    shares = tax_shares((Taxed(one.gross, one.rate), one.tax) for one in positions)
    return replace(DOCUMENT, e_invoice=e_invoice(positions, shares), **fields)  # type: ignore[arg-type]


TEAPOT = position("Hearth teapot", "84.00", "19", sku="TEAPOT", details="Oat glaze, 600 ml")
TEA = position("Hōjicha <&>", "31.00", "7", 2)
DELIVERY = position("Standard", "6.50", "19")
WHOLE = document_with([TEAPOT, TEA, DELIVERY])


def read(xml: bytes, path: str) -> list[str]:
    found = etree.fromstring(xml).xpath(path, namespaces=NAMESPACES)
    return [one.text for one in found]


def amount(xml: bytes, name: str) -> Decimal:
    (text,) = read(xml, f"//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:{name}")
    return Decimal(text)


def test_programs_find_the_invoice_in_the_file_that_people_read() -> None:
    pdf = render_invoice(WHOLE)
    name, xml = get_xml_from_pdf(io.BytesIO(pdf), check_xsd=True, check_schematron=False)
    assert name == "factur-x.xml"
    assert xml == invoice_xml(WHOLE)
    assert read(xml, "//rsm:ExchangedDocument/ram:ID") == ["2026-00042"]
    assert read(xml, "//rsm:ExchangedDocument/ram:TypeCode") == ["380"]
    assert read(xml, "//udt:DateTimeString") == ["20261122"]
    assert read(xml, "//ram:BuyerTradeParty/ram:Name") == ["Tea & Co."]
    assert read(xml, "//ram:SpecifiedTaxRegistration/ram:ID") == ["DE136695976", "FR61954506077"]
    assert read(xml, "//ram:SpecifiedTradeProduct/ram:Name") == [
        "Hearth teapot", "Hōjicha <&>", "Standard",
    ]  # fmt: skip
    assert read(xml, "//ram:BilledQuantity") == ["1", "2", "1"]
    assert read(xml, "//ram:LineTotalAmount")[:3] == ["70.59", "28.97", "5.46"]
    assert read(xml, "//ram:ApplicableTradeTax/ram:CalculatedAmount") == ["14.45", "2.03"]
    assert {
        name: str(amount(xml, name))
        for name in (
            "LineTotalAmount", "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount",
            "TotalPrepaidAmount", "DuePayableAmount",
        )
    } == {
        "LineTotalAmount": "105.02", "TaxBasisTotalAmount": "105.02", "TaxTotalAmount": "16.48",
        "GrandTotalAmount": "121.50", "TotalPrepaidAmount": "121.50", "DuePayableAmount": "0.00",
    }  # fmt: skip


def test_the_file_says_that_it_can_be_kept_read_aloud_and_read_by_programs() -> None:
    root = PdfReader(io.BytesIO(render_invoice(WHOLE))).trailer["/Root"]
    xmp = root["/Metadata"].get_data()
    for words in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
        b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        b"<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        b"<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
    ):
        assert words in xmp
    etree.fromstring(xmp.strip())
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    (attached,) = root["/AF"]
    assert attached["/AFRelationship"] == "/Alternative"
    assert attached["/EF"]["/F"]["/Subtype"] == "/text/xml"


def test_people_read_the_same_as_without_it() -> None:
    pages = [
        PdfReader(io.BytesIO(render_invoice(one))).pages[0].extract_text()
        for one in (WHOLE, DOCUMENT)
    ]
    assert pages[0] == pages[1]


def test_the_same_invoice_gives_the_same_bytes_also_when_it_was_stored() -> None:
    stored = InvoiceDocument.from_json(WHOLE.to_json())
    assert stored == WHOLE
    assert render_invoice(stored) == render_invoice(WHOLE)


def test_a_paper_from_before_has_no_data_and_is_a_plain_pdf() -> None:
    before = {key: value for key, value in DOCUMENT.to_json().items() if key != "e_invoice"}
    document = InvoiceDocument.from_json(before)
    pdf = render_invoice(document)
    assert invoice_xml(document) == b""
    assert "/AF" not in PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_a_letter_that_no_font_has_leaves_the_data_in_the_file() -> None:
    pdf = render_invoice(replace(WHOLE, note="\ufdd0"))
    xmp = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid" not in xmp
    assert b"fx:" not in xmp
    assert get_xml_from_pdf(io.BytesIO(pdf))[1] == invoice_xml(WHOLE)


def test_what_the_schema_does_not_allow_makes_a_plain_pdf(caplog: pytest.LogCaptureFixture) -> None:
    assert WHOLE.e_invoice is not None
    line = replace(WHOLE.e_invoice.lines[0], price="much")
    wrong = replace(WHOLE, e_invoice=replace(WHOLE.e_invoice, lines=(line,)))
    pdf = render_invoice(wrong)
    assert "/AF" not in PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert "2026-00042 has no data for accounting software." in caplog.text


def test_a_credit_note_names_its_invoice() -> None:
    xml = invoice_xml(replace(WHOLE, corrects="2026-00007"))
    check_xml(xml)
    assert read(xml, "//rsm:ExchangedDocument/ram:TypeCode") == ["381"]
    corrected = "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID"
    assert read(xml, corrected) == ["2026-00007"]


def test_what_was_given_back_before_is_an_allowance() -> None:
    xml = invoice_xml(document_with([TEAPOT, position("Given back before", "-10.00", "19")]))
    check_xml(xml)
    allowance = "//ram:SpecifiedTradeAllowanceCharge"
    assert read(xml, f"{allowance}/ram:ChargeIndicator/udt:Indicator") == ["false"]
    assert read(xml, f"{allowance}/ram:Reason") == ["Given back before"]
    assert str(amount(xml, "AllowanceTotalAmount")) == "8.40"
    assert str(amount(xml, "GrandTotalAmount")) == "74.00"


@pytest.mark.parametrize(
    ("currency", "gross", "total"), [("JPY", "1200", "1200.00"), ("KWD", "12.350", "12.35")]
)
def test_every_currency_fits_into_two_decimals(currency: str, gross: str, total: str) -> None:
    xml = invoice_xml(document_with([position("Tea", gross, "5", currency=currency)]))
    check_xml(xml)
    assert str(amount(xml, "GrandTotalAmount")) == total


def test_control_characters_do_not_break_the_file() -> None:
    xml = invoice_xml(document_with([position("Tea\x00\x1b\ufffe", "1.00", "7")]))
    check_xml(xml)
    assert read(xml, "//ram:SpecifiedTradeProduct/ram:Name") == ["Tea"]


RATES = st.sampled_from(["0", "5.5", "7", "19", "25"])
PIECES = st.tuples(st.integers(0, 99_999), RATES, st.integers(1, 50))


@settings(max_examples=60)
@given(
    goods=st.lists(PIECES, min_size=1, max_size=6),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    off=st.integers(-300, 300),
    back=st.integers(0, 50),
)
def test_whatever_is_sold_the_sums_are_those_of_the_standard_and_of_the_paper(
    goods: list[tuple[int, str, int]], currency: str, off: int, back: int
) -> None:
    """`off` is what rounding, or credit notes before, moved between tax and net; `back` is what was
    given back before."""
    step = Decimal(1) if currency == "JPY" else Decimal("0.01")
    taxed = [Taxed(Money(cents * step, currency), Decimal(rate)) for cents, rate, _n in goods]
    taxes = split_tax(taxed)
    positions = [
        Position(f"p{n}", one.gross, tax, one.rate, quantity)
        for n, (one, tax, (_cents, _rate, quantity)) in enumerate(
            zip(taxed, taxes, goods, strict=True)
        )
    ]
    if back:
        positions.append(position("back", str(-back * step), goods[0][1], currency=currency))
    exact = tax_shares((Taxed(one.gross, one.rate), one.tax) for one in positions)
    first = replace(exact[0], gross=exact[0].gross + Money(off * step, currency))
    shares = (first, *exact[1:])
    document = replace(DOCUMENT, e_invoice=e_invoice(positions, shares))
    xml = invoice_xml(document)
    check_xml(xml)
    holds(xml, shares)


def holds(xml: bytes, shares: tuple[TaxShare, ...]) -> None:
    """The rules BR-CO-10 to BR-CO-16 and BR-S-08 of EN 16931, and all is what the paper says."""
    root = etree.fromstring(xml)

    def numbers(path: str, node: etree._Element = root) -> list[Decimal]:
        return [Decimal(one.text) for one in node.xpath(path, namespaces=NAMESPACES)]

    lines = numbers("//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount")
    assert all(one >= 0 for one in numbers("//ram:NetPriceProductTradePrice/ram:ChargeAmount"))
    assert sum(lines) == amount(xml, "LineTotalAmount")
    by_rate: dict[Decimal, Decimal] = {}
    for line in root.iterfind(".//ram:IncludedSupplyChainTradeLineItem", NAMESPACES):
        (rate,) = numbers(".//ram:RateApplicablePercent", line)
        (net,) = numbers(".//ram:LineTotalAmount", line)
        by_rate[rate] = by_rate.get(rate, Decimal(0)) + net
    sums = {"true": Decimal(0), "false": Decimal(0)}
    for one in root.iterfind(".//ram:SpecifiedTradeAllowanceCharge", NAMESPACES):
        (rate,) = numbers(".//ram:RateApplicablePercent", one)
        (net,) = numbers("ram:ActualAmount", one)
        assert net > 0
        indicator = str(one.findtext(".//udt:Indicator", namespaces=NAMESPACES))
        sums[indicator] += net
        by_rate[rate] = by_rate.get(rate, Decimal(0)) + (net if indicator == "true" else -net)
    assert sums == {
        "true": amount(xml, "ChargeTotalAmount"), "false": amount(xml, "AllowanceTotalAmount"),
    }  # fmt: skip
    basis = amount(xml, "LineTotalAmount") + sums["true"] - sums["false"]
    assert basis == amount(xml, "TaxBasisTotalAmount")
    settlement = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
    told = dict(
        zip(
            numbers(f"{settlement}/ram:RateApplicablePercent"),
            zip(
                numbers(f"{settlement}/ram:BasisAmount"),
                numbers(f"{settlement}/ram:CalculatedAmount"),
                strict=True,
            ),
            strict=True,
        )
    )
    assert {rate: net for rate, (net, _tax) in told.items()} == by_rate
    assert told == {share.rate: (share.net.amount, share.tax.amount) for share in shares}
    tax = amount(xml, "TaxTotalAmount")
    assert tax == sum(share.tax.amount for share in shares)
    assert amount(xml, "GrandTotalAmount") == basis + tax
    assert amount(xml, "GrandTotalAmount") == sum(share.gross.amount for share in shares)
