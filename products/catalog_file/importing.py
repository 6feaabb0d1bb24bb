"""A whole file: read once, then checked or written portion by portion.

A portion is some hundred products in one transaction. A file in a single transaction would keep
every shopper of an embedded database waiting at the cart until its last line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Prefetch

from products.catalog_file.groups import Group, group_rows
from products.catalog_file.planning import PlanOptions, plan_group
from products.catalog_file.plans import ProductPlan
from products.catalog_file.reading import Problem, read_table
from products.catalog_file.reporting import Report
from products.catalog_file.rows import RowReader
from products.catalog_file.writing import write_plans
from products.models import Product, ProductIndexPage, ProductVariant

PORTION = 200  # Products in one transaction.


@dataclass(frozen=True)
class ImportSource:
    """A file, read: products in the order of their first lines, and what is wrong already."""

    groups: list[Group]
    problems: list[Problem]
    reader: RowReader

    @property
    def total(self) -> int:
        return len(self.groups)


@dataclass(frozen=True)
class ImportOptions:
    """Who imports, below which page drafts are made (None for no pages), and what the stock log
    says of the counts."""

    user: User | None = None
    shop: ProductIndexPage | None = None
    note: str = ""


def read_source(content: bytes) -> ImportSource:
    """Raises FileError for a file of which nothing can be trusted."""
    reader = RowReader()
    codes = [attribute.code.casefold() for attribute in reader.attributes.values()]
    table = read_table(content, attribute_codes=codes)
    rows, problems = [], list(table.problems)
    for line in table.lines:
        row, wrong = reader.read(line)
        problems += wrong
        if row is not None:
            rows.append(row)
    groups, ambiguous = group_rows(rows)
    return ImportSource(groups, problems + ambiguous, reader)


def check_portion(source: ImportSource, start: int, report: Report, options: ImportOptions) -> int:
    """Adds to the report what a portion would change. Returns where the next one starts."""
    _plans(source, start, report, options)
    return min(start + PORTION, source.total)


@transaction.atomic
def write_portion(source: ImportSource, start: int, report: Report, options: ImportOptions) -> int:
    """Writes what can be written of a portion; what cannot goes into the report."""
    plans = _plans(source, start, report, options)
    moved = write_plans(plans, shop=options.shop, user=options.user, note=options.note)
    report.counted -= len(moved)
    report.add_problems(moved)
    return min(start + PORTION, source.total)


def run_whole(
    source: ImportSource,
    portion: Callable[[ImportSource, int, Report, ImportOptions], int],
    options: ImportOptions,
    tell: Callable[[int], None],
) -> Report:
    """All portions one after the other; `tell` hears how many products are done."""
    report, position = Report(), 0
    report.add_problems(source.problems)
    while position < source.total:
        position = portion(source, position, report, options)
        tell(position)
    return report


def _plans(
    source: ImportSource, start: int, report: Report, options: ImportOptions
) -> list[ProductPlan]:
    groups = source.groups[start : start + PORTION]
    products = _load_products([group.product_id for group in groups if group.product_id])
    plan_options = PlanOptions(source.reader.attributes, with_pages=options.shop is not None)
    plans = []
    for group in groups:
        product = products.get(group.product_id or 0)
        plan, problems = plan_group(group, product, plan_options)
        report.add_problems(problems)
        if plan is not None:
            report.add_plan(plan)
            plans.append(plan)
    return plans


def _load_products(ids: Sequence[int]) -> dict[int, Product]:
    variants = ProductVariant.objects.select_related("stock")
    products = Product.objects.select_related("product_type").prefetch_related(
        Prefetch("variants", queryset=variants),
        "product_type__attributes",
        "attribute_values__choice",
        "tagged_items__tag",
        "pages",
    )
    return products.in_bulk(ids)
