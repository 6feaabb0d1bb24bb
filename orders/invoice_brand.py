"""The look of the brand on an invoice, which has to stay what it was on the day of issue.

The document names the logo by what it shows. The picture is kept under that name when an invoice
with it is first typeset, which is in the mail of the order, and no later logo can take its place.
"""

import hashlib
import json
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from shopsite.cms.drawing import DRAWN_LOGO, look_of, open_picture
from shopsite.cms.models import BrandSettings
from shopsite.lib.contrast import BLACK, WHITE, nearest_readable
from shopsite.lib.invoice_document import Logo


def printed_accent(brand: BrandSettings) -> str:
    """The accent, as dark as it has to be on white paper."""
    return nearest_readable(brand.palette.light.accent, WHITE) or BLACK


def logo_name(brand: BrandSettings) -> str:
    """Where the logo is kept, empty without one. Reads no file: an invoice is issued in the
    transaction of a payment."""
    if brand.logo is None:
        return ""
    shown = json.dumps((DRAWN_LOGO, look_of(brand.logo)))
    return f"invoices/logos/{hashlib.sha256(shown.encode()).hexdigest()[:32]}.png"


def kept_logo(name: str) -> Logo | None:
    """The logo of that name; kept now, if it was not before and is still the brand's. None when it
    is gone, and then the invoice shows the seller's name."""
    if not name:
        return None
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return _logo(file.read())
    brand = BrandSettings.load()
    logo = logo_of(brand) if logo_name(brand) == name else None
    if logo is not None:
        default_storage.save(name, ContentFile(logo.png))
    return logo


def logo_of(brand: BrandSettings) -> Logo | None:
    picture = open_picture(brand.logo, DRAWN_LOGO)
    if picture is None:
        return None
    buffer = BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return _logo(buffer.getvalue())


def _logo(png: bytes) -> Logo | None:
    try:
        with Image.open(BytesIO(png)) as picture:
            return Logo(png, *picture.size)
    except OSError:
        return None
