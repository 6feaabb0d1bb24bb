"""The brand on an invoice of nobody, for the preview of the brand's settings."""

from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.invoice_brand import logo_of, printed_accent
from orders.models import SellerSettings
from shopsite.cms.admin.brand_preview import data_url
from shopsite.cms.brand_previews import BrandPreview
from shopsite.cms.models import BrandSettings
from shopsite.lib.invoice_document import InvoiceDocument, InvoiceLine
from shopsite.lib.invoice_rendering import draw_invoice
from shopsite.lib.money import Money


def preview_invoice(brand: BrandSettings) -> str:
    picture = draw_invoice(_sample(brand), logo=logo_of(brand))
    context = {"brand": brand, "invoice": data_url(picture, "image/png")}
    return render_to_string("orders/admin/invoice_preview.html", context)


def _sample(brand: BrandSettings) -> InvoiceDocument:
    seller, today = SellerSettings.load(), timezone.localdate()
    amount = str(Money(Decimal("24.00"), settings.SHOP_CURRENCY))
    return InvoiceDocument(
        number=f"{seller.invoice_prefix}-{today.year}-00000",
        order_number="00000",
        issued_on=today,
        paid_on=today,
        language=settings.LANGUAGE_CODE,
        seller_name=seller.legal_name,
        seller_address=tuple(seller.address.splitlines()),
        seller_vat_id=seller.vat_id,
        seller_email=brand.support_email,
        bill_to=(_("A customer"),),
        ship_to=(),
        lines=(InvoiceLine("SKU", _("Something bought"), "", 1, amount, amount),),
        subtotal=amount,
        shipping_method="",
        shipping_total="",
        tax_lines=(),
        total=amount,
        accent=printed_accent(brand),
    )


INVOICE_PREVIEW = BrandPreview("invoice", gettext_lazy("An invoice"), preview_invoice)
