"""The table of details of a product: what its type asks for and it has an answer to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from products.attributes import shown_values
from shopsite.lib.money import active_locale

KILO = 1000


@dataclass(frozen=True)
class Specification:
    """One row, in the words of the shopper. `code` is the attribute's; "weight" is no attribute."""

    code: str
    name: str
    label: str


def specifications_for(product_ids: Iterable[int]) -> dict[int, list[Specification]]:
    """The rows of each product in the order of the attributes; 1 query for any number."""
    rows: dict[int, list[Specification]] = {pk: [] for pk in product_ids}
    for value in shown_values(rows).filter(attribute__is_specification=True):
        attribute = value.attribute
        rows[value.product_id].append(
            Specification(code=attribute.code, name=attribute.name, label=value.label)
        )
    return rows


def weight_row(weight_grams: int | None) -> list[Specification]:
    """The weight as a row; none for a product whose weight nobody entered, or whose variants
    differ in it."""
    if not weight_grams:
        return []
    unit = "g" if weight_grams < KILO else "kg"
    number = weight_grams if weight_grams < KILO else Decimal(weight_grams) / KILO
    label = f"{format_decimal(number, locale=active_locale())} {unit}"
    return [Specification(code="weight", name=_("Weight"), label=label)]
