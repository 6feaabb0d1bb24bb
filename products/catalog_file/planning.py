"""What the lines of a product would change. Compares, decides and complains; writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.attributes import columns_of
from products.catalog_file.columns import ATTRIBUTE_PREFIX, OPTION_NAMES
from products.catalog_file.comparing import (
    PRODUCT_FIELDS,
    apply_fields,
    copy_of,
    has_other_answer,
    merge_rows,
    not_asked_text,
    problems_of,
)
from products.catalog_file.groups import Group
from products.catalog_file.plans import ProductPlan, Wrong
from products.catalog_file.reading import Problem
from products.catalog_file.rows import CLEARED, Row
from products.catalog_file.variant_planning import VariantPlanner
from products.models import Attribute, Product


@dataclass(frozen=True)
class PlanOptions:
    """`attributes` are those of the shop by their columns."""

    attributes: Mapping[str, Attribute]
    with_pages: bool = False


def plan_group(
    group: Group, product: Product | None, options: PlanOptions
) -> tuple[ProductPlan | None, list[Problem]]:
    """The plan of the lines that can be written, and what is wrong with the others.

    `product` carries what it has, prefetched; None for a new one. A wrong line is taken out and
    the rest is looked at again, until it holds.
    """
    rows = group.rows
    problems: list[Problem] = []
    while rows:
        try:
            return _ProductPlanner(rows, product, options).run(), problems
        except Wrong as wrong:
            problems += wrong.problems
            lines = {problem.line for problem in wrong.problems}
            rows = [row for row in rows if row.line not in lines]
    return None, problems


class _ProductPlanner:
    """One attempt at the lines of a product, on copies of what is stored."""

    def __init__(self, rows: list[Row], product: Product | None, options: PlanOptions) -> None:
        self.rows = rows
        self.options = options
        self.given, self.said_in = merge_rows(rows)
        self.stored = product
        self.plan = ProductPlan(copy_of(product) if product else Product(), lines=len(rows))

    def run(self) -> ProductPlan:
        """Raises Wrong."""
        self._plan_product()
        VariantPlanner(self.plan, self.rows, self.said_in).run(self._stored("variants"))
        self._plan_values()
        self._plan_tags()
        self._plan_page()
        return self.plan

    def _plan_product(self) -> None:
        self.plan.is_changed = apply_fields(self.given, self.plan.product, PRODUCT_FIELDS)
        if not self.plan.product.name:
            text = _("product: The line must name its product.")
            raise Wrong([Problem(self.rows[0].line, text)])
        try:
            self.plan.product.clean()
        except ValidationError as error:
            lines = [self.said_in[name] for name in OPTION_NAMES if name in self.said_in]
            line = max(lines, default=self.rows[0].line)
            raise Wrong(problems_of(line, error)) from error

    def _plan_values(self) -> None:
        product_type = self.plan.product.product_type
        asked = {one.pk for one in product_type.attributes.all()} if product_type else set()
        known = {value.attribute_id: value for value in self._stored("attribute_values")}
        problems = []
        for column, answer in self.given.items():
            if not column.startswith(ATTRIBUTE_PREFIX):
                continue
            attribute = self.options.attributes[column]
            columns = columns_of(attribute, None if answer is CLEARED else answer)
            if columns and attribute.pk not in asked:
                text = not_asked_text(column, product_type)
                problems.append(Problem(self.said_in[column], text))
            elif has_other_answer(known.get(attribute.pk), columns):
                self.plan.values[attribute] = columns
        if problems:
            raise Wrong(problems)

    def _plan_tags(self) -> None:
        if "tags" not in self.given:
            return
        wanted = frozenset() if self.given["tags"] is CLEARED else self.given["tags"]
        tags = frozenset(item.tag.name for item in self._stored("tagged_items"))
        self.plan.new_tags, self.plan.old_tags = wanted - tags, tags - wanted

    def _plan_page(self) -> None:
        if self.options.with_pages and not self._stored("pages"):
            self.plan.page = {
                "title": self.given.get("page_title") or self.plan.product.name,
                "summary": self.given.get("summary", ""),
            }

    def _stored(self, relation: str) -> Collection[Any]:
        return getattr(self.stored, relation).all() if self.stored else ()
