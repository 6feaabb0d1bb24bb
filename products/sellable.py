"""Whether there is anything to sell behind a page: the record, not today's stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from products.models.catalog import ProductVariant


@dataclass(frozen=True)
class SellableFacts:
    """Of one variant."""

    is_active: bool
    price: Decimal | None


def is_sellable(variants: Iterable[SellableFacts]) -> bool:
    """A product can be sold with one variant that is for sale and has a price. Stock may be 0:
    sold out is a state of trade, and such a page is worth reading."""
    return any(one.is_active and one.price is not None and one.price > 0 for one in variants)


def sellable_facts(product_id: int | None) -> list[SellableFacts]:
    """The variants of a product as they are now; none for a page whose product was deleted."""
    rows = ProductVariant.objects.filter(product_id=product_id) if product_id else ()
    return [SellableFacts(variant.is_active, variant.price) for variant in rows]
