"""An e-invoice as XML: UN/CEFACT's Cross Industry Invoice in the profile EN 16931 of Factur-X."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree
from lxml.builder import ElementMaker

from shopsite.lib.e_invoice import Adjustment, EInvoice, ELine, Party, RateSum, cents
from shopsite.lib.xml import xml_text

PROFILE = "urn:cen.eu:en16931:2017"
_UN = "urn:un:unece:uncefact:data:standard"
NAMESPACES = {
    "rsm": f"{_UN}:CrossIndustryInvoice:100",
    "ram": f"{_UN}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_UN}:UnqualifiedDataType:100",
}
RSM, RAM, UDT = (
    ElementMaker(namespace=address, nsmap=NAMESPACES) for address in NAMESPACES.values()
)
INVOICE, CREDIT_NOTE = "380", "381"  # UNTDID 1001.
PIECE = "C62"  # UN/ECE Recommendation 20.
BANK_CARD = "48"  # UNTDID 4461.
STANDARD_RATE, ZERO_RATE = "S", "Z"  # UNTDID 5305.
YYYYMMDD = "102"  # UNTDID 2379.


@dataclass(frozen=True, slots=True)
class Head:
    """`corrects` is the number of the paper this one takes back or puts right."""

    number: str
    type_code: str
    issued_on: date
    order_number: str
    corrects: str = ""


def e_invoice_xml(head: Head, invoice: EInvoice) -> bytes:
    """The same head and invoice always give the same bytes. What was sold is paid, and what is
    given back is on its way: nothing is due."""
    document = RSM.CrossIndustryInvoice(
        RSM.ExchangedDocumentContext(
            RAM.GuidelineSpecifiedDocumentContextParameter(RAM.ID(PROFILE))
        ),
        RSM.ExchangedDocument(
            RAM.ID(xml_text(head.number)),
            RAM.TypeCode(head.type_code),
            RAM.IssueDateTime(UDT.DateTimeString(f"{head.issued_on:%Y%m%d}", format=YYYYMMDD)),
        ),
        RSM.SupplyChainTradeTransaction(
            *(_line(number, one) for number, one in enumerate(invoice.lines, start=1)),
            RAM.ApplicableHeaderTradeAgreement(
                _party("SellerTradeParty", invoice.seller),
                _party("BuyerTradeParty", invoice.buyer),
                RAM.SellerOrderReferencedDocument(
                    RAM.IssuerAssignedID(xml_text(head.order_number))
                ),
            ),
            RAM.ApplicableHeaderTradeDelivery(_party("ShipToTradeParty", invoice.ship_to)),
            _settlement(head, invoice),
        ),
    )
    written: bytes = etree.tostring(
        document, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return written


def _line(number: int, line: ELine) -> etree._Element:
    return RAM.IncludedSupplyChainTradeLineItem(
        RAM.AssociatedDocumentLineDocument(RAM.LineID(str(number))),
        RAM.SpecifiedTradeProduct(
            *_text("SellerAssignedID", line.sku),
            RAM.Name(xml_text(line.name)),
            *_text("Description", line.details),
        ),
        RAM.SpecifiedLineTradeAgreement(
            RAM.NetPriceProductTradePrice(RAM.ChargeAmount(line.price))
        ),
        RAM.SpecifiedLineTradeDelivery(RAM.BilledQuantity(str(line.quantity), unitCode=PIECE)),
        RAM.SpecifiedLineTradeSettlement(
            RAM.ApplicableTradeTax(*_category(line.rate)),
            RAM.SpecifiedTradeSettlementLineMonetarySummation(RAM.LineTotalAmount(line.net)),
        ),
    )


def _party(name: str, party: Party) -> etree._Element:
    *first, rest = (*party.lines[:2], ", ".join(party.lines[2:]))
    lines = (*first, *[""] * (2 - len(first)), rest)
    names = ("LineOne", "LineTwo", "LineThree")
    return RAM(
        name,
        RAM.Name(xml_text(party.name)),
        *_contact(party),
        RAM.PostalTradeAddress(
            *_text("PostcodeCode", party.postal_code),
            *(part for each in zip(names, lines, strict=True) for part in _text(*each)),
            *_text("CityName", party.city),
            RAM.CountryID(party.country),
            *_text("CountrySubDivisionName", party.region),
        ),
        *_vat_id(party),
    )


def _contact(party: Party) -> Iterable[etree._Element]:
    if party.email:
        address = RAM.EmailURIUniversalCommunication(RAM.URIID(xml_text(party.email)))
        yield RAM.DefinedTradeContact(address)


def _vat_id(party: Party) -> Iterable[etree._Element]:
    if party.vat_id:
        yield RAM.SpecifiedTaxRegistration(RAM.ID(xml_text(party.vat_id), schemeID="VA"))


def _settlement(head: Head, invoice: EInvoice) -> etree._Element:
    return RAM.ApplicableHeaderTradeSettlement(
        RAM.InvoiceCurrencyCode(invoice.currency),
        RAM.SpecifiedTradeSettlementPaymentMeans(RAM.TypeCode(BANK_CARD)),
        *(_tax(one) for one in invoice.taxes),
        *(_adjustment(one) for one in invoice.adjustments),
        _sums(invoice),
        *_corrected(head.corrects),
    )


def _tax(one: RateSum) -> etree._Element:
    return RAM.ApplicableTradeTax(
        RAM.CalculatedAmount(one.tax),
        RAM.TypeCode("VAT"),
        RAM.BasisAmount(one.net),
        *_category(one.rate)[1:],
    )


def _adjustment(one: Adjustment) -> etree._Element:
    net = Decimal(one.net)
    return RAM.SpecifiedTradeAllowanceCharge(
        RAM.ChargeIndicator(UDT.Indicator("true" if net > 0 else "false")),
        RAM.ActualAmount(cents(abs(net))),
        RAM.Reason(xml_text(one.reason)),
        RAM.CategoryTradeTax(*_category(one.rate)),
    )


def _sums(invoice: EInvoice) -> etree._Element:
    adjusted = [Decimal(one.net) for one in invoice.adjustments]
    basis = _sum(one.net for one in invoice.taxes)
    tax = _sum(one.tax for one in invoice.taxes)
    total = cents(basis + tax)
    return RAM.SpecifiedTradeSettlementHeaderMonetarySummation(
        RAM.LineTotalAmount(cents(_sum(one.net for one in invoice.lines))),
        RAM.ChargeTotalAmount(cents(sum((one for one in adjusted if one > 0), Decimal(0)))),
        RAM.AllowanceTotalAmount(cents(-sum((one for one in adjusted if one < 0), Decimal(0)))),
        RAM.TaxBasisTotalAmount(cents(basis)),
        RAM.TaxTotalAmount(cents(tax), currencyID=invoice.currency),
        RAM.GrandTotalAmount(total),
        RAM.TotalPrepaidAmount(total),
        RAM.DuePayableAmount(cents(Decimal(0))),
    )


def _corrected(number: str) -> Iterable[etree._Element]:
    if number:
        yield RAM.InvoiceReferencedDocument(RAM.IssuerAssignedID(xml_text(number)))


def _category(rate: str) -> tuple[etree._Element, ...]:
    """A rate of zero says no more than that: why nothing is taxed, the shop does not know."""
    category = STANDARD_RATE if Decimal(rate) else ZERO_RATE
    return (
        RAM.TypeCode("VAT"),
        RAM.CategoryCode(category),
        RAM.RateApplicablePercent(rate),
    )


def _text(name: str, text: str) -> Iterable[etree._Element]:
    if text:
        yield RAM(name, xml_text(text))


def _sum(amounts: Iterable[str]) -> Decimal:
    return sum((Decimal(one) for one in amounts), Decimal(0))
