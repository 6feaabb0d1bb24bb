"""The facts of an invoice or credit note for accounting software, as they are frozen."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from orders.models import BillingAddress, Order, SellerSettings
from shopsite.cms.models import BrandSettings
from shopsite.lib.e_invoice import EInvoice, Party, Position, adjustments, e_lines, rate_sums
from shopsite.lib.tax import TaxShare


def e_invoice_of(
    order: Order,
    *,
    seller: SellerSettings,
    brand: BrandSettings,
    positions: Sequence[Position],
    taxes: Sequence[TaxShare],
) -> EInvoice | None:
    """None while the seller has not filled in what the standard asks for: the country, and a VAT
    id that begins with one."""
    if not seller.country or not seller.vat_id[:2].isalpha():
        return None
    return EInvoice(
        currency=order.currency,
        seller=Party(
            name=seller.legal_name,
            country=seller.country.code,
            lines=tuple(line.strip() for line in seller.address.splitlines() if line.strip()),
            vat_id=seller.vat_id.replace(" ", ""),
            email=brand.support_email,
        ),
        buyer=_buyer(order),
        ship_to=_address_of(order, name=order.name),
        lines=e_lines(positions),
        adjustments=adjustments(positions, taxes, rounding=_("Rounding")),
        taxes=rate_sums(positions, taxes),
    )


def _buyer(order: Order) -> Party:
    billing = order.billing_or_none
    if billing is None:
        return _address_of(order, name=order.name)
    names = (billing.company, billing.name)
    name = next(name for name in names if name)
    contact = billing.name if billing.company else ""
    return _address_of(billing, name=name, contact=contact, vat_id=billing.vat_id)


def _address_of(
    address: Order | BillingAddress, *, name: str, contact: str = "", vat_id: str = ""
) -> Party:
    """Of an order or a billing address, which call the parts of an address alike."""
    lines = (contact, address.address_line1, address.address_line2)
    return Party(
        name=name,
        country=address.country.code,
        lines=tuple(line for line in lines if line),
        postal_code=address.postal_code,
        city=address.city,
        region=address.region,
        vat_id=vat_id,
    )
