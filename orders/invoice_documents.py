"""What invoices and credit notes of an order have in common, as a document to be frozen."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from orders.e_invoice_documents import e_invoice_of
from orders.invoice_brand import logo_name, printed_accent
from orders.languages import order_language
from orders.models import Order, SellerSettings
from shopsite.cms.models import BrandSettings
from shopsite.lib.days import shop_day
from shopsite.lib.e_invoice import Position
from shopsite.lib.invoice_document import InvoiceDocument, InvoiceLine, TaxLine, paper_of
from shopsite.lib.money import Money
from shopsite.lib.tax import TaxShare


def document_of(
    order: Order,
    *,
    number: str,
    issued_at: datetime,
    lines: tuple[InvoiceLine, ...],
    subtotal: Money,
    shipping: Money,
    taxes: Sequence[TaxShare],
    total: Money,
    positions: Sequence[Position],
    corrects: str = "",
) -> InvoiceDocument:
    """With `corrects` it is a credit note to that invoice, which names no day of payment. The
    positions are the lines and all else that makes up the total, for accounting software."""
    seller, brand = SellerSettings.load(), BrandSettings.load()
    has_shipping = bool(shipping) or not corrects
    return InvoiceDocument(
        number=number,
        order_number=order.number,
        issued_on=shop_day(issued_at),
        paid_on=shop_day(order.paid_at) if order.paid_at and not corrects else None,
        language=order_language(order),
        seller_name=seller.legal_name,
        seller_address=tuple(seller.address.splitlines()),
        seller_vat_id=seller.vat_id,
        seller_email=brand.support_email,
        bill_to=tuple(order.billing_lines),
        ship_to=tuple(order.address_lines),
        lines=lines,
        subtotal=str(subtotal),
        shipping_method=order.shipping_method_name if has_shipping else "",
        shipping_total=str(shipping) if has_shipping else "",
        tax_lines=tuple(
            TaxLine(
                rate=_("VAT %(rate)s %%") % {"rate": share.rate_label},
                net=str(share.net),
                tax=str(share.tax),
            )
            for share in taxes
        ),
        total=str(total),
        corrects=corrects,
        accent=printed_accent(brand),
        logo=logo_name(brand),
        paper=paper_of(order.country.code),
        e_invoice=e_invoice_of(order, seller=seller, brand=brand, positions=positions, taxes=taxes),
    )
