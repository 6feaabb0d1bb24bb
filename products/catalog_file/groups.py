"""Which lines speak of one product: those of its SKUs, and new SKUs under the same name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from products.catalog_file.reading import Problem
from products.catalog_file.rows import Row
from products.models import Product, ProductVariant

LOOKUP_SIZE = 500  # Names or SKUs in one query.


@dataclass
class Group:
    """The lines of one product in their order; `product_id` is None for one that will be made."""

    product_id: int | None
    rows: list[Row] = field(default_factory=list)


def group_rows(rows: Sequence[Row]) -> tuple[list[Group], list[Problem]]:
    """Groups in the order of their first lines, and what cannot be told apart."""
    rows, problems = _without_repeated_skus(rows)
    by_sku = _products_by_sku([row.sku for row in rows])
    names = {row.given.get("product", "") for row in rows if row.sku not in by_sku}
    by_name = _products_by_name(sorted(names - {""}))
    for row in rows:
        name = row.given.get("product", "")
        if name in names and row.sku in by_sku:
            by_name.setdefault(name, set()).add(by_sku[row.sku])
    groups: dict[object, Group] = {}
    for row in rows:
        product_id = by_sku.get(row.sku)
        name = row.given.get("product", "")
        if product_id is None and not name:
            text = _("product: There is no SKU “%(sku)s” yet, so the line must name its product.")
            problems.append(Problem(row.line, text % {"sku": row.sku}))
            continue
        if product_id is None and len(by_name.get(name, ())) > 1:
            text = _("product: Several products are called “%(name)s”. Add this variant by hand.")
            problems.append(Problem(row.line, text % {"name": name}))
            continue
        if product_id is None:
            product_id = next(iter(by_name.get(name, ())), None)
        key = product_id if product_id is not None else name
        groups.setdefault(key, Group(product_id)).rows.append(row)
    return list(groups.values()), problems


def _without_repeated_skus(rows: Sequence[Row]) -> tuple[list[Row], list[Problem]]:
    first_lines: dict[str, int] = {}
    kept, problems = [], []
    for row in rows:
        first = first_lines.setdefault(row.sku.casefold(), row.line)
        if first == row.line:
            kept.append(row)
            continue
        text = _("sku: “%(sku)s” stands in line %(line)d already.")
        problems.append(Problem(row.line, text % {"sku": row.sku, "line": first}))
    return kept, problems


def _products_by_sku(skus: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in _batches(skus):
        variants = ProductVariant.objects.filter(sku__in=batch)
        found.update(variants.values_list("sku", "product_id"))
    return found


def _products_by_name(names: Sequence[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for batch in _batches(names):
        for name, pk in Product.objects.filter(name__in=batch).values_list("name", "pk"):
            found.setdefault(name, set()).add(pk)
    return found


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), LOOKUP_SIZE):
        yield items[start : start + LOOKUP_SIZE]
