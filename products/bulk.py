"""New catalog records by the thousand: what `catalog` does one by one, in a few queries.

Nothing is validated here: the caller has checked every row, and the constraints of the database
stand behind it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from taggit.models import Tag

from products.models import AttributeValue, Product, ProductTag, ProductVariant
from products.prices import open_price_ledgers
from products.stock import open_stocks

BATCH_SIZE = 500


@dataclass
class NewVariant:
    """An unsaved variant with the stock it starts with."""

    variant: ProductVariant
    on_hand: int = 0


@dataclass
class NewProduct:
    """An unsaved product with all that belongs to it."""

    product: Product
    variants: list[NewVariant] = field(default_factory=list)
    values: list[AttributeValue] = field(default_factory=list)
    tags: frozenset[str] = frozenset()


@transaction.atomic
def create_products(new: Sequence[NewProduct], *, user: User | None) -> None:
    """Saves the records with their price ledgers and stock; the objects get their keys."""
    Product.objects.bulk_create([one.product for one in new], batch_size=BATCH_SIZE)
    for one in new:
        for value in one.values:
            value.product = one.product
        for variant in one.variants:
            variant.variant.product = one.product
    create_variants([variant for one in new for variant in one.variants], user=user)
    AttributeValue.objects.bulk_create(
        [value for one in new for value in one.values], batch_size=BATCH_SIZE
    )
    add_tags({one.product.pk: one.tags for one in new})


@transaction.atomic
def create_variants(new: Sequence[NewVariant], *, user: User | None) -> None:
    """Saves variants of products that are saved, with their price ledgers and stock."""
    variants = [one.variant for one in new]
    ProductVariant.objects.bulk_create(variants, batch_size=BATCH_SIZE)
    open_price_ledgers(variants=variants, user=user)
    open_stocks(on_hand={one.variant.pk: one.on_hand for one in new}, user=user)


@transaction.atomic
def add_tags(names_by_product: Mapping[int, Iterable[str]]) -> None:
    """Adds tags to products, by the ids of these; tags that nobody used yet are made."""
    wanted = {(pk, name) for pk, names in names_by_product.items() for name in names}
    tags = _tags_named({name for _pk, name in wanted})
    rows = [ProductTag(content_object_id=pk, tag=tags[name]) for pk, name in sorted(wanted)]
    ProductTag.objects.bulk_create(rows, batch_size=BATCH_SIZE)


def _tags_named(names: set[str]) -> dict[str, Tag]:
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in sorted(names - tags.keys()):
        tags[name] = Tag.objects.create(name=name)  # One by one: each finds itself a free slug.
    return tags
