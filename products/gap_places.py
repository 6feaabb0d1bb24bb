"""Where each gap of a product page is mended: in the editor itself, or on a page of the admin."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from products.admin.links import add_variant_url, edit_variant_url, stock_url
from products.readiness import Gap

PICTURES = "pictures"  # The content path of the gallery in the editor.


def gap_place(gap: Gap, *, product: Any, variants: Sequence[Any], user: User) -> tuple[str, str]:
    """A content path of the page's editor and an address; one of them is empty, and both for a
    person who may not mend it."""
    variant = next((one for one in variants if one.sku == gap.sku), None)
    match gap.code:
        case "no_picture" | "no_alt_text":
            return PICTURES, ""
        case "no_variant":
            return "", add_variant_url(product, user)
        case "missing_option" | "none_for_sale":
            return "", edit_variant_url(variant, user)
        case "no_stock":
            return "", stock_url(variant, user)
    return "", ""
