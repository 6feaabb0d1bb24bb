"""Packing slips: what is left to ship of orders, to be printed and packed by."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from orders.invoice_brand import kept_logo, logo_name, printed_accent
from orders.models import Order, SellerSettings
from shopsite.cms.models import BrandSettings
from shopsite.lib.packing_slip import PackingSlip, SlipLine, SlipLook, render_packing_slips


def packing_slips_pdf(orders: Sequence[Order]) -> bytes:
    """One PDF with a slip of each order, in their order; wants their lines prefetched. Raises
    shopsite.lib.pdf.PdfError."""
    brand = BrandSettings.load()
    look = SlipLook(
        seller_name=SellerSettings.load().legal_name or brand.name,
        language=settings.LANGUAGE_CODE,
        accent=printed_accent(brand),
        logo=kept_logo(logo_name(brand)),
    )
    slips = [_slip(order) for order in orders]
    return render_packing_slips(slips, look=look, dated=timezone.localdate())


def _slip(order: Order) -> PackingSlip:
    lines = order.lines.all()
    return PackingSlip(
        order_number=order.number,
        placed_on=timezone.localdate(order.created_at),
        ship_to=tuple(order.address_lines),
        shipping_method=order.shipping_method_name,
        lines=tuple(
            SlipLine(line.sku, line.title, line.options_label, line.to_ship)
            for line in lines
            if line.to_ship
        ),
        note=order.note,
        shipped_before=sum(line.shipped for line in lines),
    )
