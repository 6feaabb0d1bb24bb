"""Changes of a price. Whoever changes one goes through here, so that the ledger is complete."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from products.listing_entries import refresh_listing_on_commit
from products.models import PriceChange, ProductVariant
from products.price_rules import check_price

BATCH_SIZE = 500


@transaction.atomic
def change_price(
    *, variant: ProductVariant, price: Decimal, user: User | None
) -> PriceChange | None:
    """Writes the price and its row of the ledger; None, and nothing written, if it is the same.

    Writes no other column of the variant, and compares with the database rather than with the
    object, which may be old. Raises ValidationError for a price that cannot be charged.
    """
    check_price(price)
    changed = ProductVariant.objects.filter(pk=variant.pk).exclude(price=price).update(price=price)
    variant.price = price
    if not changed:
        return None
    refresh_listing_on_commit(variant_ids=[variant.pk])
    return _record_price(variant, user)


def open_price_ledger(*, variant: ProductVariant, user: User | None) -> PriceChange:
    """The first row of a new variant's ledger: the price it starts with."""
    return _record_price(variant, user)


def open_price_ledgers(*, variants: Iterable[ProductVariant], user: User | None) -> None:
    """The same for many, in one query for some hundreds."""
    PriceChange.objects.bulk_create(
        [PriceChange(variant=variant, price=variant.price, user=user) for variant in variants],
        batch_size=BATCH_SIZE,
    )


def _record_price(variant: ProductVariant, user: User | None) -> PriceChange:
    return PriceChange.objects.create(variant=variant, price=variant.price, user=user)
