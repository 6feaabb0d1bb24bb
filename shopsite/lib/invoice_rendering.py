"""How the frozen content of an invoice becomes a PDF."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from shopsite.lib.e_invoice_xml import CREDIT_NOTE, INVOICE, Head, e_invoice_xml
from shopsite.lib.factur_x import STANDARDS, InvalidEInvoice, check_xml, declare_factur_x
from shopsite.lib.invoice_document import InvoiceDocument, Logo
from shopsite.lib.pdf import render_pdf, render_png

logger = logging.getLogger(__name__)

INVOICE_TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "invoices" / "invoice.typ"
LOGO_WIDTH, LOGO_HEIGHT = 70.0, 16.0  # At most, in millimeters.


def render_invoice(document: InvoiceDocument, *, logo: Logo | None = None) -> bytes:
    """Return `document` as a tagged PDF; the same document and logo always give the same bytes.

    With its data for accounting software inside, if it has any, as Factur-X. Should they not be
    what the schema of the standard allows, the PDF is without them: one that people can read is
    worth more than none. Raises `shopsite.lib.pdf.PdfError`.
    """
    xml = _checked_xml(document)
    if not xml:
        return render_invoices([document], logos={document.logo: logo})
    data = _data([document], {document.logo: logo}) | {"xml": xml.decode()}
    pdf = render_pdf(INVOICE_TEMPLATE, data, dated=document.issued_on, standards=STANDARDS)
    return declare_factur_x(pdf)


def invoice_xml(document: InvoiceDocument) -> bytes:
    """The same for accounting software; empty if the document has no data for it."""
    if document.e_invoice is None:
        return b""
    head = Head(
        number=document.number,
        type_code=CREDIT_NOTE if document.corrects else INVOICE,
        issued_on=document.issued_on,
        order_number=document.order_number,
        corrects=document.corrects or document.reverses,
    )
    return e_invoice_xml(head, document.e_invoice)


def _checked_xml(document: InvoiceDocument) -> bytes:
    xml = invoice_xml(document)
    try:
        if xml:
            check_xml(xml)
    except InvalidEInvoice:
        logger.exception("%s has no data for accounting software.", document.number)
        return b""
    return xml


def render_invoices(
    documents: Sequence[InvoiceDocument], *, logos: Mapping[str, Logo | None]
) -> bytes:
    """The same of several, at least one, each with pages of its own; `logos` are by their names."""
    dated = max(document.issued_on for document in documents)
    return render_pdf(INVOICE_TEMPLATE, _data(documents, logos), dated=dated)


def draw_invoice(document: InvoiceDocument, *, logo: Logo | None = None) -> bytes:
    """The same as a PNG, for a document of one page."""
    data = _data([document], {document.logo: logo})
    return render_png(INVOICE_TEMPLATE, data, dated=document.issued_on)


def _data(
    documents: Sequence[InvoiceDocument], logos: Mapping[str, Logo | None]
) -> dict[str, object]:
    """A picture is there once, however many show it."""
    shown = [_shown(document, has_logo=bool(logos.get(document.logo))) for document in documents]
    return {
        "title": _title(shown),
        "xml": "",
        "documents": shown,
        "logos": {name: placed_logo(logo) for name, logo in logos.items() if logo},
    }


def _title(shown: Sequence[Mapping[str, Any]]) -> str:
    if len(shown) == 1:
        return f"{shown[0]['labels']['title']} {shown[0]['number']}"
    label = ngettext("%(count)d invoice", "%(count)d invoices", len(shown))
    return label % {"count": len(shown)}


def _shown(document: InvoiceDocument, *, has_logo: bool) -> dict[str, Any]:
    locale = _locale(document.language)
    with translation.override(str(locale).replace("_", "-").lower()):
        labels = _labels(is_credit_note=bool(document.corrects))
        issued_on, paid_on = _dated(document.issued_on), _dated(document.paid_on)
    return document.to_json() | {
        "labels": labels,
        "has_logo": has_logo,
        "issued_on": issued_on,
        "paid_on": paid_on,
        "language": locale.language,
        "date": [document.issued_on.year, document.issued_on.month, document.issued_on.day],
    }


def _dated(day: date | None) -> str:
    """As the site writes it."""
    return date_format(day, "DATE_FORMAT") if day else ""


def placed_logo(logo: Logo) -> dict[str, object]:
    """As large as its place allows. Bytes travel as numbers: data is JSON."""
    width = min(LOGO_WIDTH, LOGO_HEIGHT * logo.width / logo.height)
    return {"png": list(logo.png), "width": round(width, 2)}


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _labels(*, is_credit_note: bool) -> dict[str, str]:
    """Return every word of the template that is not data; braces mark where data goes."""
    return {
        "title": pgettext("invoice", "Credit note")
        if is_credit_note
        else pgettext("invoice", "Invoice"),
        "number": pgettext("invoice", "Number"),
        "order": pgettext("invoice", "Order"),
        "issued_on": pgettext("invoice", "Date"),
        "corrects": pgettext("invoice", "Corrects invoice"),
        "reverses": pgettext("invoice", "Reverses"),
        "bill_to": pgettext("invoice", "Billed to"),
        "ship_to": pgettext("invoice", "Shipped to"),
        "both_to": pgettext("invoice", "Billed and shipped to"),
        "item": pgettext("invoice", "Item"),
        "quantity": pgettext("invoice", "Qty"),
        "unit_price": pgettext("invoice", "Unit price"),
        "line_total": pgettext("invoice", "Total"),
        "subtotal": pgettext("invoice", "Subtotal"),
        "discount": pgettext("invoice", "Discount"),
        "shipping": pgettext("invoice", "Shipping"),
        "total": pgettext("invoice", "Total"),
        "tax_rate": pgettext("invoice", "Tax included"),
        "tax_net": pgettext("invoice", "Net"),
        "tax": pgettext("invoice", "Tax"),
        "paid": pgettext("invoice", "Paid on {date} by card. Thank you."),
        "vat_id": pgettext("invoice", "VAT ID"),
        "page": pgettext("invoice", "Page {page} of {pages}"),
    }
