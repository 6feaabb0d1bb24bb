"""What lies in a parcel or is packed by: what goes where, and how it becomes a PDF.

No prices: a parcel may be a present. Everything in it is text that is final.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from shopsite.lib.invoice_document import Logo
from shopsite.lib.invoice_rendering import placed_logo
from shopsite.lib.pdf import render_pdf

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "invoices" / "packing_slip.typ"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """So many pieces that are to be packed. `options` is like "Oat, 600 ml" or empty."""

    sku: str
    title: str
    options: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """What is left to ship of one order. `shipped_before` counts the pieces that have left."""

    order_number: str
    placed_on: date
    ship_to: tuple[str, ...]
    shipping_method: str
    lines: tuple[SlipLine, ...]
    note: str = ""
    shipped_before: int = 0


@dataclass(frozen=True, slots=True)
class SlipLook:
    """Whose slips they are; `accent` is a color that can be read on white."""

    seller_name: str
    language: str
    accent: str = ""
    logo: Logo | None = None


def render_packing_slips(slips: Sequence[PackingSlip], *, look: SlipLook, dated: date) -> bytes:
    """One tagged PDF on A4, each slip on a page of its own; the same slips, look and day always
    give the same bytes. Raises `shopsite.lib.pdf.PdfError`."""
    locale = _locale(look.language)
    with translation.override(str(locale).replace("_", "-").lower()):
        data = {
            "title": _title(slips),
            "labels": _labels(),
            "language": locale.language,
            "seller_name": look.seller_name,
            "accent": look.accent,
            "logo": placed_logo(look.logo) if look.logo else None,
            "date": [dated.year, dated.month, dated.day],
            "slips": [_slip(one) for one in slips],
        }
    return render_pdf(TEMPLATE, data, dated=dated)


def _title(slips: Sequence[PackingSlip]) -> str:
    label = pgettext("packing slip", "Packing slip")
    if len(slips) == 1:
        return f"{label} {slips[0].order_number}"
    return ngettext("%(count)d packing slip", "%(count)d packing slips", len(slips)) % {
        "count": len(slips)
    }


def _slip(slip: PackingSlip) -> dict[str, object]:
    before = ngettext(
        "%(count)d piece of this order was sent before.",
        "%(count)d pieces of this order were sent before.",
        slip.shipped_before,
    )
    return asdict(slip) | {
        "placed_on": date_format(slip.placed_on, "DATE_FORMAT"),
        "before": before % {"count": slip.shipped_before} if slip.shipped_before else "",
        "pieces": sum(line.quantity for line in slip.lines),
    }


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _labels() -> dict[str, str]:
    """Return every word of the template that is not data; braces mark where data goes."""
    return {
        "title": pgettext("packing slip", "Packing slip"),
        "order": pgettext("packing slip", "Order"),
        "placed_on": pgettext("packing slip", "Placed"),
        "method": pgettext("packing slip", "Shipping"),
        "ship_to": pgettext("packing slip", "Shipped to"),
        "note": pgettext("packing slip", "Note of the customer"),
        "sku": pgettext("packing slip", "SKU"),
        "item": pgettext("packing slip", "Item"),
        "quantity": pgettext("packing slip", "Qty"),
        "packed": pgettext("packing slip", "Packed"),
        "pieces": pgettext("packing slip", "Pieces in all"),
        "page": pgettext("packing slip", "Page {page} of {pages}"),
    }
