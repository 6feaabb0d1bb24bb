"""Many variants of one product in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from products.catalog import add_variant
from products.models import Product, ProductVariant


@dataclass(frozen=True)
class VariantWish:
    """One variant that somebody wants to have; the values are those of the product's options."""

    sku: str
    option_values: tuple[str, ...]
    price: Decimal
    on_hand: int


class VariantErrors(Exception):
    """What stands in the way, by the position of the wish. Nothing was written."""

    def __init__(self, errors: dict[int, ValidationError]) -> None:
        super().__init__(f"{len(errors)} variants cannot be made")
        self.errors = errors


@transaction.atomic
def make_variants(
    *, product: Product, wishes: Sequence[VariantWish], user: User | None
) -> list[ProductVariant]:
    """Makes all of them behind those there are, or none: VariantErrors then tells of every one."""
    last = product.variants.aggregate(last=Max("sort_order"))["last"]
    first_position = 0 if last is None else last + 1
    made, errors = [], {}
    for number, wish in enumerate(wishes):
        variant = ProductVariant(
            product=product, sku=wish.sku, price=wish.price, sort_order=first_position + number
        )
        for position, value in enumerate(wish.option_values, start=1):
            setattr(variant, f"option{position}", value)
        try:
            made.append(add_variant(variant=variant, on_hand=wish.on_hand, user=user))
        except ValidationError as error:
            errors[number] = error
    if errors:
        raise VariantErrors(errors)
    return made
