"""Changes of stock. The database decides every race: a conditional UPDATE, and its row count."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from products.listing_entries import refresh_listing_on_commit
from products.models import ProductVariant, StockMovement, StockRecord

Reason = StockMovement.Reason

BATCH_SIZE = 500


@dataclass(frozen=True)
class Shortage:
    """What an order wanted of a variant and what was free at that moment."""

    variant_id: int
    wanted: int
    available: int


class InsufficientStock(Exception):
    """Carries every line that cannot be served, so that the shopper hears of all at once."""

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__(f"{len(shortages)} variants are short of stock")
        self.shortages = shortages


class StockConflict(Exception):
    """The number on the screen was no longer true; its text says so in the clerk's words."""


@transaction.atomic
def allocate_stock(*, quantities: Mapping[int, int], reference: str) -> None:
    """Promises stock to an order, all lines or none.

    `quantities` maps variant ids to how many. Rows are always taken in the order of their primary
    keys, so that two orders with the same variants cannot wait for each other. Raises
    InsufficientStock; the caller's transaction must then be rolled back or carry on without.
    """
    records = _records_in_lock_order(quantities)
    known = {record.variant_id for record in records}
    shortages = [
        Shortage(variant_id, wanted, available=0)
        for variant_id, wanted in quantities.items()
        if variant_id not in known
    ]
    for record in records:
        wanted = quantities[record.variant_id]
        updated = StockRecord.objects.filter(
            pk=record.pk, on_hand__gte=F("allocated") + wanted
        ).update(allocated=F("allocated") + wanted)
        if updated:
            _log(record, Reason.ALLOCATED, allocated_change=wanted, reference=reference)
        else:
            record.refresh_from_db()
            shortages.append(Shortage(record.variant_id, wanted, record.available))
    if shortages:
        raise InsufficientStock(shortages)
    refresh_listing_on_commit(variant_ids=quantities)


@transaction.atomic
def release_stock(*, quantities: Mapping[int, int], reference: str) -> None:
    """Gives back what an order held. The caller makes sure that it is given back only once;
    variants deleted meanwhile are passed over."""
    for record in _records_in_lock_order(quantities):
        freed = quantities[record.variant_id]
        StockRecord.objects.filter(pk=record.pk).update(allocated=F("allocated") - freed)
        _log(record, Reason.RELEASED, allocated_change=-freed, reference=reference)
    refresh_listing_on_commit(variant_ids=quantities)


@transaction.atomic
def ship_stock(*, quantities: Mapping[int, int], reference: str) -> None:
    """Takes from the shelf what an order was promised. The caller makes sure that it is shipped
    only once; variants deleted meanwhile are passed over."""
    for record in _records_in_lock_order(quantities):
        shipped = quantities[record.variant_id]
        StockRecord.objects.filter(pk=record.pk).update(
            on_hand=F("on_hand") - shipped, allocated=F("allocated") - shipped
        )
        _log(
            record,
            Reason.SHIPPED,
            on_hand_change=-shipped,
            allocated_change=-shipped,
            reference=reference,
        )


@transaction.atomic
def open_stock(*, variant: ProductVariant, on_hand: int, user: User | None) -> StockRecord:
    """Starts the record of a new variant, with the first line of its log.

    Raises ValidationError, keyed by field, for a number below zero.
    """
    record = StockRecord(variant=variant, on_hand=on_hand)
    record.full_clean()
    record.save()
    _log(record, Reason.OPENING, on_hand_change=on_hand, user=user)
    refresh_listing_on_commit(variant_ids=[variant.pk])
    return record


@transaction.atomic
def open_stocks(*, on_hand: Mapping[int, int], user: User | None) -> None:
    """The same for many new variants, by their ids, in a few queries. The caller has checked that
    no number is below zero; the database refuses it otherwise."""
    records = StockRecord.objects.bulk_create(
        [StockRecord(variant_id=pk, on_hand=number) for pk, number in on_hand.items()],
        batch_size=BATCH_SIZE,
    )
    StockMovement.objects.bulk_create(
        [
            StockMovement(
                record=record, reason=Reason.OPENING, on_hand_change=record.on_hand, user=user
            )
            for record in records
        ],
        batch_size=BATCH_SIZE,
    )


@transaction.atomic
def count_stock(
    *,
    record: StockRecord,
    counted: int,
    expected_on_hand: int,
    user: User | None,
    note: str = "",
) -> None:
    """Sets what a person counted on the shelf.

    `expected_on_hand` is the number the person saw when they began. If it moved meanwhile, nothing
    is written and StockConflict says what it is now.
    """
    updated = StockRecord.objects.filter(
        pk=record.pk, on_hand=expected_on_hand, allocated__lte=counted
    ).update(on_hand=counted)
    if not updated:
        raise StockConflict(_conflict_text(record, counted))
    change = counted - expected_on_hand
    _log(record, Reason.COUNTED, on_hand_change=change, user=user, note=note)
    refresh_listing_on_commit(variant_ids=[record.variant_id])


@transaction.atomic
def adjust_stock(
    *,
    record: StockRecord,
    change: int,
    reason: StockMovement.Reason,
    user: User | None,
    note: str = "",
) -> None:
    """Adds to the shelf or takes from it, whatever the number is by now.

    Raises StockConflict when less would remain than orders have been promised.
    """
    updated = StockRecord.objects.filter(pk=record.pk, on_hand__gte=F("allocated") - change).update(
        on_hand=F("on_hand") + change
    )
    if not updated:
        record.refresh_from_db()
        raise StockConflict(_conflict_text(record, record.on_hand + change))
    _log(record, reason, on_hand_change=change, user=user, note=note)
    refresh_listing_on_commit(variant_ids=[record.variant_id])


def _records_in_lock_order(quantities: Mapping[int, int]) -> list[StockRecord]:
    return list(StockRecord.objects.filter(variant_id__in=quantities).order_by("pk"))


def _conflict_text(record: StockRecord, target: int) -> str:
    record.refresh_from_db()
    if target < record.allocated:
        return _(
            "%(allocated)d pieces are promised to orders that have not been shipped, so there must "
            "be at least as many. Nothing was changed."
        ) % {"allocated": record.allocated}
    return _(
        "The stock changed while you were counting: there are %(on_hand)d on hand now. "
        "Nothing was changed. Please look again."
    ) % {"on_hand": record.on_hand}


def _log(
    record: StockRecord,
    reason: StockMovement.Reason,
    *,
    on_hand_change: int = 0,
    allocated_change: int = 0,
    reference: str = "",
    user: User | None = None,
    note: str = "",
) -> None:
    StockMovement.objects.create(
        record=record,
        reason=reason,
        on_hand_change=on_hand_change,
        allocated_change=allocated_change,
        reference=reference,
        user=user,
        note=note,
    )
