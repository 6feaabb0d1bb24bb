"""What orders do to the stock. The database decides every race: a conditional UPDATE, and its row
count. Rows are always taken in the order of their primary keys.

The maps are of variant ids to how many pieces. Variants deleted meanwhile are passed over, except
when stock is promised.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from products.listing_entries import refresh_listing_on_commit
from products.models import StockMovement, StockRecord
from products.stock_log import log_movement

Reason = StockMovement.Reason


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
            log_movement(record, Reason.ALLOCATED, allocated_change=wanted, reference=reference)
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
        log_movement(record, Reason.RELEASED, allocated_change=-freed, reference=reference)
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
        log_movement(
            record,
            Reason.SHIPPED,
            on_hand_change=-shipped,
            allocated_change=-shipped,
            reference=reference,
        )


@transaction.atomic
def take_back_stock(*, quantities: Mapping[int, int], reference: str, user: User | None) -> None:
    """Puts back on the shelf what a customer returned. The caller makes sure that it is put back
    only once."""
    for record in _records_in_lock_order(quantities):
        returned = quantities[record.variant_id]
        StockRecord.objects.filter(pk=record.pk).update(on_hand=F("on_hand") + returned)
        log_movement(
            record, Reason.RETURNED, on_hand_change=returned, reference=reference, user=user
        )
    refresh_listing_on_commit(variant_ids=quantities)


@transaction.atomic
def write_off_stock(*, quantities: Mapping[int, int], reference: str, user: User | None) -> None:
    """Takes off the shelf what an order was promised and will not get, because it is broken or
    cannot be found. The caller makes sure that it happens once."""
    for record in _records_in_lock_order(quantities):
        gone = quantities[record.variant_id]
        StockRecord.objects.filter(pk=record.pk).update(
            on_hand=F("on_hand") - gone, allocated=F("allocated") - gone
        )
        log_movement(
            record,
            Reason.DAMAGED,
            on_hand_change=-gone,
            allocated_change=-gone,
            reference=reference,
            user=user,
        )


def _records_in_lock_order(quantities: Mapping[int, int]) -> list[StockRecord]:
    return list(StockRecord.objects.filter(variant_id__in=quantities).order_by("pk"))
