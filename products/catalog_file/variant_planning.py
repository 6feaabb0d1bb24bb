"""The variants of a product as the lines want them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.bulk import NewVariant
from products.catalog_file.columns import OPTION_NAMES
from products.catalog_file.comparing import VARIANT_FIELDS, apply_fields, copy_of, problems_of
from products.catalog_file.plans import Count, ProductPlan, Wrong
from products.catalog_file.reading import Problem
from products.catalog_file.rows import Row
from products.models import ProductVariant
from products.options import check_option_values


@dataclass
class VariantPlanner:
    """Fills the variants, prices and counts of a plan whose product is decided already."""

    plan: ProductPlan
    rows: list[Row]
    said_in: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def run(self, stored: Collection[ProductVariant]) -> None:
        """Raises Wrong."""
        known = {variant.sku: copy_of(variant) for variant in stored}
        variants = {sku: (0, variant) for sku, variant in known.items()}
        last = max((variant.sort_order for variant in known.values()), default=-1)
        for row in self.rows:
            variant = known.get(row.sku)
            if variant is None:
                last += 1
                variant = ProductVariant(sku=row.sku, sort_order=last, product=self.plan.product)
                self._plan_new(row, variant)
            else:
                self._plan_known(row, variant)
            variants[row.sku] = (row.line, variant)
        self._check_options(variants)
        if self.problems:
            raise Wrong(self.problems)

    def _plan_new(self, row: Row, variant: ProductVariant) -> None:
        apply_fields(row.given, variant, VARIANT_FIELDS)
        if "price" not in row.given:
            self._complain(row.line, _("price: A new variant needs a price."))
            return
        variant.price = row.given["price"]
        self.plan.new_variants.append(NewVariant(variant, row.given.get("stock", 0)))
        self.plan.touched.add(row.line)

    def _plan_known(self, row: Row, variant: ProductVariant) -> None:
        if apply_fields(row.given, variant, VARIANT_FIELDS):
            self.plan.changed_variants.append(variant)
            self.plan.touched.add(row.line)
        price = row.given.get("price", variant.price)
        if price != variant.price:
            self.plan.prices.append((variant, price))
            self.plan.touched.add(row.line)
        self._plan_count(row, variant)

    def _plan_count(self, row: Row, variant: ProductVariant) -> None:
        counted, was = row.given.get("stock"), row.given.get("stock_was")
        record = getattr(variant, "stock", None)
        if counted is None or record is None or counted in (record.on_hand, was):
            return
        if was is not None and was != record.on_hand:
            text = _(
                "stock: It was %(was)d when the file was made and is %(now)d by now. Look again."
            )
            self._complain(row.line, text % {"was": was, "now": record.on_hand})
        elif counted < record.allocated:
            text = _(
                "stock: %(allocated)d pieces are promised to orders, so there must be at least as "
                "many."
            )
            self._complain(row.line, text % {"allocated": record.allocated})
        else:
            self.plan.counts.append(Count(row.line, variant, counted, record.on_hand))
            self.plan.touched.add(row.line)

    def _check_options(self, variants: Mapping[str, tuple[int, ProductVariant]]) -> None:
        """Each variant says all that the product's options ask, and no two say the same."""
        names = self.plan.product.option_names
        seen: dict[tuple[str, ...], tuple[int, str]] = {}
        for sku, (line, variant) in variants.items():
            values = (variant.option1, variant.option2, variant.option3)
            try:
                if line or self.plan.is_changed:
                    check_option_values(names=names, values=values)
            except ValidationError as error:
                self._complain_of_options(line, sku, error)
                continue
            other_line, other = seen.setdefault(values, (line, sku))
            if other != sku:
                text = _("“%(sku)s” has the same options as “%(other)s”. Say how they differ.")
                words = {"sku": sku, "other": other} if line else {"sku": other, "other": sku}
                self._complain(line or other_line, text % words)

    def _complain_of_options(self, line: int, sku: str, error: ValidationError) -> None:
        if line:
            self.problems += problems_of(line, error)
            return
        # A variant that the file does not name: the line that renamed the options is to blame.
        blamed = max((self.said_in.get(name, 0) for name in OPTION_NAMES), default=0)
        text = _("“%(sku)s”, which is not in the file: %(message)s")
        for message in error.messages:
            words = {"sku": sku, "message": message}
            self._complain(blamed or self.rows[0].line, text % words)

    def _complain(self, line: int, text: str) -> None:
        self.problems.append(Problem(line, text))
