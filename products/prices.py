"""Changes of a price. Whoever changes one goes through here, so that the ledger is complete."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from products.listing_entries import refresh_listing_on_commit
from products.models import PriceChange, ProductVariant
from products.price_rules import check_price
from products.reductions import PriceStart, lowest_price_before, reference_price

BATCH_SIZE = 500


@transaction.atomic
def change_price(
    *, variant: ProductVariant, price: Decimal, user: User | None, announce_reduction: bool = False
) -> PriceChange | None:
    """Writes the price and its row of the ledger; None, and nothing written, if it is the same.

    Writes no other column of the variant than the price and what it is reduced from, and compares
    with the database rather than with the object, which may be old. A reduction is only shown as
    one while it is announced: a change without that ends it. Raises ValidationError for a price
    that cannot be charged, and for an announced reduction that is none.
    """
    check_price(price)
    stored = _lock(variant)
    if price == stored.price and (not announce_reduction or stored.reference_price is not None):
        _copy_prices(stored, variant)
        return None
    stored.reference_price = _reference_price(stored, price) if announce_reduction else None
    stored.price = price
    return _write_price(stored, variant, user)


def check_reduction(*, variant: ProductVariant, price: Decimal) -> None:
    """Raises ValidationError if this price could not be announced as a reduction now."""
    stored = ProductVariant.objects.only("pk", "price", "reference_price").get(pk=variant.pk)
    if price != stored.price or stored.reference_price is None:
        _reference_price(stored, price)


@transaction.atomic
def end_reduction(*, variant: ProductVariant, user: User | None) -> PriceChange | None:
    """Keeps the price and does not call it reduced any more; None if it was not."""
    stored = _lock(variant)
    if stored.reference_price is None:
        return None
    stored.reference_price = None
    return _write_price(stored, variant, user)


def open_price_ledger(*, variant: ProductVariant, user: User | None) -> PriceChange:
    """The first row of a new variant's ledger: the price it starts with."""
    return _record_price(variant, user)


def open_price_ledgers(*, variants: Iterable[ProductVariant], user: User | None) -> None:
    """The same for many, in one query for some hundreds."""
    PriceChange.objects.bulk_create(
        [PriceChange(variant=variant, price=variant.price, user=user) for variant in variants],
        batch_size=BATCH_SIZE,
    )


def _lock(variant: ProductVariant) -> ProductVariant:
    """The variant's prices as they are stored; nobody else changes them before the commit."""
    rows = ProductVariant.objects.select_for_update()
    return rows.only("pk", "price", "reference_price").get(pk=variant.pk)


def _reference_price(stored: ProductVariant, price: Decimal) -> Decimal:
    rows = PriceChange.objects.filter(variant=stored).order_by("changed_at", "pk")
    history = [PriceStart(row.price, row.changed_at) for row in rows]
    lowest = lowest_price_before(timezone.now(), current=stored.price, history=history)
    return reference_price(
        price=price, current=stored.price, running=stored.reference_price, lowest=lowest
    )


def _write_price(stored: ProductVariant, variant: ProductVariant, user: User | None) -> PriceChange:
    stored.save(update_fields=["price", "reference_price"])
    _copy_prices(stored, variant)
    refresh_listing_on_commit(variant_ids=[variant.pk])
    return _record_price(variant, user)


def _copy_prices(stored: ProductVariant, variant: ProductVariant) -> None:
    variant.price, variant.reference_price = stored.price, stored.reference_price


def _record_price(variant: ProductVariant, user: User | None) -> PriceChange:
    return PriceChange.objects.create(
        variant=variant, price=variant.price, reference_price=variant.reference_price, user=user
    )
