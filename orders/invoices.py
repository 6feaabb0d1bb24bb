"""Invoices: issued with the payment, numbered without gaps, frozen."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoice_brand import kept_logo, logo_name, printed_accent
from orders.models import Invoice, InvoiceSeries, Order, SellerSettings
from orders.taxes import order_tax_shares
from shopsite.cms.models import BrandSettings
from shopsite.lib.invoice_document import (
    InvoiceDocument,
    InvoiceLine,
    TaxLine,
    paper_of,
    render_invoice,
)


@transaction.atomic
def issue_invoice(order: Order) -> Invoice:
    """Issues the order's invoice in the caller's transaction; the one there is, if it has one.

    The number is taken with an UPDATE that locks the year's row until the transaction ends, so a
    payment that is rolled back gives its number back.
    """
    issued = Invoice.objects.filter(order=order).first()
    if issued is not None:
        return issued
    now = timezone.now()
    number = _take_number(timezone.localtime(now).year)
    document = _document(order, number=number, issued_at=now)
    return Invoice.objects.create(
        order=order, number=number, document=document.to_json(), issued_at=now
    )


def invoice_pdf(invoice: Invoice) -> bytes:
    """The PDF, made of the frozen content alone. Raises shopsite.lib.pdf.PdfError."""
    document = InvoiceDocument.from_json(invoice.document)
    return render_invoice(document, logo=kept_logo(document.logo))


def _take_number(year: int) -> str:
    InvoiceSeries.objects.get_or_create(year=year)
    InvoiceSeries.objects.filter(year=year).update(last_number=F("last_number") + 1)
    taken = InvoiceSeries.objects.get(year=year).last_number
    return f"{SellerSettings.load().invoice_prefix}-{year}-{taken:05d}"


def _document(order: Order, *, number: str, issued_at: datetime) -> InvoiceDocument:
    seller, brand = SellerSettings.load(), BrandSettings.load()
    address = tuple(order.address_lines)
    today = timezone.localdate(issued_at)
    return InvoiceDocument(
        number=number,
        order_number=order.number,
        issued_on=today,
        paid_on=timezone.localdate(order.paid_at) if order.paid_at else None,
        language=settings.LANGUAGE_CODE,
        seller_name=seller.legal_name,
        seller_address=tuple(seller.address.splitlines()),
        seller_vat_id=seller.vat_id,
        seller_email=brand.support_email,
        bill_to=address,
        ship_to=address,
        lines=tuple(
            InvoiceLine(
                sku=line.sku,
                title=line.title,
                options=line.options_label,
                quantity=line.quantity,
                unit_price=str(order.money(line.unit_price)),
                total=str(order.money(line.line_total)),
            )
            for line in order.lines.all()
        ),
        subtotal=str(order.money(order.subtotal)),
        shipping_method=order.shipping_method_name,
        shipping_total=str(order.money(order.shipping_total)),
        tax_lines=tuple(
            TaxLine(
                rate=_("VAT %(rate)s %%") % {"rate": share.rate_label},
                net=str(share.net),
                tax=str(share.tax),
            )
            for share in order_tax_shares(order)
        ),
        total=str(order.total_money),
        accent=printed_accent(brand),
        logo=logo_name(brand),
        paper=paper_of(order.country.code),
    )
