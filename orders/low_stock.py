"""Tells the staff of what there is little left of: once for each variant until it is stocked up."""

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from orders.models import LowVariant, StockNotice
from orders.stock_outbox import STOCK_OUTBOX
from products.availability import LOW_STOCK
from products.models import StockRecord

# Around the limit a single order and its return would tell of the same thing every day.
PLENTY = 2 * LOW_STOCK


def tell_low_stock() -> int:
    """Writes one mail about all that went low since the last; returns of how many it tells.

    Safe to call at any time: of two at the same moment one writes.
    """
    try:
        with transaction.atomic():
            _forget_what_is_plenty()
            return _tell(list(_news()))
    except IntegrityError:
        return 0  # Another run told of the same.


def _forget_what_is_plenty() -> None:
    plenty = _with_rest().filter(rest__gt=PLENTY)
    LowVariant.objects.filter(variant__in=plenty.values("variant")).delete()


def _news() -> QuerySet[Any]:
    """What is for sale, is low, and was not told of; what sells out first comes first."""
    low = _with_rest().filter(
        rest__lte=LOW_STOCK, variant__is_active=True, variant__product__pages__live=True
    )
    news = low.exclude(variant__in=LowVariant.objects.values("variant"))
    return news.select_related("variant__product").distinct().order_by("rest", "variant__sku")


def _with_rest() -> QuerySet[Any]:
    """With `rest`, what of it is not promised to anybody."""
    return StockRecord.objects.annotate(rest=F("on_hand") - F("allocated"))


def _tell(records: list[StockRecord]) -> int:
    if records:
        notice = StockNotice.objects.create(lines=[_line(record) for record in records])
        LowVariant.objects.bulk_create(
            LowVariant(variant_id=record.variant_id, notice=notice) for record in records
        )
        transaction.on_commit(partial(STOCK_OUTBOX.nudge, notice.pk), robust=True)
    return len(records)


def _line(record: StockRecord) -> dict[str, object]:
    variant = record.variant
    return {
        "product": variant.product_id,
        "sku": variant.sku,
        "title": variant.product.name,
        "options_label": " / ".join(variant.option_values),
        "left": record.available,
    }
