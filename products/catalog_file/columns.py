"""The columns of the catalog file. Their names are the format: they stay as they are."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopsite.lib.text import safe_spreadsheet_cell

CLEAR = "-"  # Takes away what was there; an empty cell leaves it alone.
ATTRIBUTE_PREFIX = "attr:"
YES, NO = "yes", "no"

OPTION_NAMES = ("option1_name", "option2_name", "option3_name")
OPTIONS = ("option1", "option2", "option3")

HELP: dict[str, Promise] = {
    "sku": _("Required. Says which variant the line is about; a new one makes a new variant."),
    "product": _(
        "The name of the product. Required for new variants: lines with the same name make one "
        "product, and a new SKU joins the product whose lines or name it shares."
    ),
    "type": _("Code or name of the product type."),
    "tax_class": _("standard, reduced, second-reduced or zero."),
    "tags": _("Separated by commas; replaces all tags of the product."),
    "option1_name": _("What the variants differ in, such as Color."),
    "option1": _("What this variant has, such as Blue."),
    "option2_name": _("The second option."),
    "option2": _("The second option of this variant."),
    "option3_name": _("The third option."),
    "option3": _("The third option of this variant."),
    "price": _("Tax included, with a point: 24.90. Required for new variants."),
    "stock": _("How many stand on the shelf. Empty leaves the stock alone."),
    "stock_was": _(
        "What the export said. While it equals “stock” nothing is counted; if it is no longer "
        "true, the line is refused."
    ),
    "weight_grams": _("A whole number."),
    "gtin": _("8, 12, 13 or 14 digits."),
    "active": _("yes or no: whether the variant is for sale."),
    "page_title": _("Title of the draft page, if one is made. Otherwise the product's name."),
    "summary": _("Summary of the draft page, if one is made."),
}
COLUMNS = tuple(HELP)

# What is said of the product, in any of its lines; two lines must not differ in it.
OF_PRODUCT = frozenset(
    {"product", "type", "tax_class", "tags", "page_title", "summary", *OPTION_NAMES}
)  # and every attribute
CLEARABLE = frozenset({"type", "tags", "weight_grams", "gtin", *OPTION_NAMES, *OPTIONS})


def is_of_product(column: str) -> bool:
    return column in OF_PRODUCT or column.startswith(ATTRIBUTE_PREFIX)


def is_clearable(column: str) -> bool:
    return column in CLEARABLE or column.startswith(ATTRIBUTE_PREFIX)


def protect(text: str) -> str:
    """Text such that no spreadsheet runs it as a formula; `unprotect` gives it back."""
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unprotect(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(text: str) -> bool:
    return safe_spreadsheet_cell(text) != text
