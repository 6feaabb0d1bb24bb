"""What people do to the stock: open, count and correct it. What orders do: products/order_stock.py.

The database decides every race: a conditional UPDATE, and its row count."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from products.listing_entries import refresh_listing_on_commit
from products.models import ProductVariant, StockMovement, StockRecord
from products.stock_log import log_movement

Reason = StockMovement.Reason

BATCH_SIZE = 500


class StockConflict(Exception):
    """The number on the screen was no longer true; its text says so in the clerk's words."""


@transaction.atomic
def open_stock(*, variant: ProductVariant, on_hand: int, user: User | None) -> StockRecord:
    """Starts the record of a new variant, with the first line of its log.

    Raises ValidationError, keyed by field, for a number below zero.
    """
    record = StockRecord(variant=variant, on_hand=on_hand)
    record.full_clean()
    record.save()
    log_movement(record, Reason.OPENING, on_hand_change=on_hand, user=user)
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
    log_movement(record, Reason.COUNTED, on_hand_change=change, user=user, note=note)
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
    log_movement(record, reason, on_hand_change=change, user=user, note=note)
    refresh_listing_on_commit(variant_ids=[record.variant_id])


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
