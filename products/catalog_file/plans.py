"""What to write of one product, and what keeps lines from being written."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from products.bulk import NewVariant
from products.catalog_file.reading import Problem
from products.models import Attribute, Product, ProductVariant


@dataclass(frozen=True)
class Count:
    """What was counted of a variant, and what the database said when the plan was made."""

    line: int
    variant: ProductVariant
    counted: int
    expected: int


@dataclass
class ProductPlan:
    """What to write of one product. Everything is checked; a plan may have nothing to write."""

    product: Product
    is_changed: bool = False
    new_variants: list[NewVariant] = field(default_factory=list)
    changed_variants: list[ProductVariant] = field(default_factory=list)
    prices: list[tuple[ProductVariant, Decimal]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    values: dict[Attribute, dict[str, Any]] = field(default_factory=dict)
    new_tags: frozenset[str] = frozenset()
    old_tags: frozenset[str] = frozenset()
    page: dict[str, str] | None = None
    touched: set[int] = field(default_factory=set)  # Lines of variants that change.
    lines: int = 0

    @property
    def is_new(self) -> bool:
        return self.product.pk is None


class Wrong(Exception):
    """Lines of a group that cannot be written as they are."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
