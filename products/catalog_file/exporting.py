"""The catalog as the file that the import reads: what goes out and comes back changes nothing."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.db.models import Prefetch, QuerySet

from products.catalog_file.answers import format_answer
from products.catalog_file.columns import (
    ATTRIBUTE_PREFIX,
    COLUMNS,
    NO,
    OPTION_NAMES,
    OPTIONS,
    YES,
    protect,
)
from products.models import Attribute, Product, ProductVariant

CHUNK_SIZE = 500  # Products in memory at a time.
BYTE_ORDER_MARK = "\ufeff"  # Without it Excel takes the file for another encoding.


def export_columns() -> list[str]:
    codes = Attribute.objects.values_list("code", flat=True)
    return [*COLUMNS, *(f"{ATTRIBUTE_PREFIX}{code}" for code in codes)]


def export_catalog() -> Iterator[str]:
    """The file as text, some hundred products at a time, with a byte order mark at its start.

    A product without variants has no line. What holds for a product stands in its first line only,
    so that it has to be changed in one place.
    """
    columns = export_columns()
    yield header_of(columns)
    products = with_all_exported(Product.objects.order_by("pk"))
    for product in products.iterator(chunk_size=CHUNK_SIZE):
        yield from lines_of(product, columns)


def header_of(columns: list[str]) -> str:
    return BYTE_ORDER_MARK + _line(columns)


def lines_of(product: Product, columns: list[str]) -> Iterator[str]:
    """One line for each variant of a product that has everything at hand."""
    of_product = _product_cells(product)
    for variant in product.variants.all():
        cells = {**of_product, **_variant_cells(variant), "product": protect(product.name)}
        yield _line([cells.get(column, "") for column in columns])
        of_product = {}


def with_all_exported(products: QuerySet[Product]) -> QuerySet[Product]:
    """What the cells below read of each product, in a fixed number of queries."""
    variants = ProductVariant.objects.select_related("stock")
    return products.select_related("product_type").prefetch_related(
        Prefetch("variants", queryset=variants),
        "product_type__attributes",
        "attribute_values__attribute",
        "attribute_values__choice",
        "tagged_items__tag",
        "pages",
    )


def _product_cells(product: Product) -> dict[str, str]:
    product_type = product.product_type
    asked = {one.pk for one in product_type.attributes.all()} if product_type else set()
    page = min(product.pages.all(), key=lambda page: page.pk, default=None)
    cells = {
        "type": product_type.code if product_type else "",
        "tax_class": product.tax_class,
        "tags": _tags_cell(sorted(item.tag.name for item in product.tagged_items.all())),
        **{name: getattr(product, name) for name in OPTION_NAMES},
        "page_title": page.title if page else "",
        "summary": page.summary if page else "",
    }
    cells = {column: protect(cell) for column, cell in cells.items()}
    for value in product.attribute_values.all():
        if value.attribute_id in asked:
            cell = format_answer(value)
            is_text = value.number is None  # A minus sign before digits is no formula.
            cells[f"{ATTRIBUTE_PREFIX}{value.attribute.code}"] = protect(cell) if is_text else cell
    return cells


def _variant_cells(variant: ProductVariant) -> dict[str, str]:
    stock = getattr(variant, "stock", None)
    on_hand = str(stock.on_hand) if stock else ""
    weight = variant.weight_grams
    return {
        "sku": variant.sku,
        **{name: protect(getattr(variant, name)) for name in OPTIONS},
        "price": str(variant.price_money.quantize().amount),
        "stock": on_hand,
        "stock_was": on_hand,
        "weight_grams": "" if weight is None else str(weight),
        "gtin": variant.gtin,
        "active": YES if variant.is_active else NO,
    }


def _tags_cell(names: list[str]) -> str:
    return _line(names).rstrip("\r\n") if names else ""


def _line(cells: list[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
