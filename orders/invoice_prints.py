"""Invoices of many orders in one PDF, made of their frozen content."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from orders.invoice_brand import kept_logo
from orders.many_parcels import LeftOut, ManyOrders
from orders.models import Invoice, Order
from shopsite.lib.invoice_document import InvalidInvoiceDocument, InvoiceDocument
from shopsite.lib.invoice_rendering import render_invoices


def print_invoices(orders: Sequence[Order]) -> tuple[bytes, ManyOrders]:
    """The PDF, in the order of the orders, and which of them it has; empty without any. Raises
    shopsite.lib.pdf.PdfError."""
    invoices = {one.order_id: one for one in Invoice.objects.filter(order__in=orders)}
    documents: list[InvoiceDocument] = []
    ready, left_out = [], []
    for order in orders:
        document = _document(invoices.get(order.pk))
        if document is None:
            left_out.append(LeftOut(order, _("It has no invoice.")))
        else:
            ready.append(order)
            documents.append(document)
    logos = {name: kept_logo(name) for name in {one.logo for one in documents if one.logo}}
    pdf = render_invoices(documents, logos=logos) if documents else b""
    return pdf, ManyOrders(tuple(ready), tuple(left_out))


def _document(invoice: Invoice | None) -> InvoiceDocument | None:
    try:
        return InvoiceDocument.from_json(invoice.document) if invoice else None
    except InvalidInvoiceDocument:
        return None
