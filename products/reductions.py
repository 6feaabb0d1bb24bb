"""What the price before a reduction is, as the law of the European Union has it. Pure but for the
currency of the settings.

An announced reduction is shown beside the lowest price that was in effect in the 30 days before it
(Directive 98/6/EC, article 6a). A reduction that is made larger step by step, without a pause,
keeps the price before its first step. Any other change of the price ends it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shopsite.lib.money import Money

REFERENCE_PERIOD = timedelta(days=30)


@dataclass(frozen=True)
class PriceStart:
    """A price, and the moment from which on it was in effect, until the next one began."""

    price: Decimal
    began_at: datetime


def lowest_price_before(
    moment: datetime, *, current: Decimal, history: Iterable[PriceStart]
) -> Decimal:
    """The lowest price that was in effect at any time of the 30 days before `moment`.

    `current` is the price until `moment`, which also counts where the history does not know it. A
    price that ended exactly 30 days before does not count any more.
    """
    return min([current, *_prices_in_effect(history, moment - REFERENCE_PERIOD, moment)])


def reference_price(
    *, price: Decimal, current: Decimal, running: Decimal | None, lowest: Decimal
) -> Decimal:
    """The price that a reduction from `current` to `price` is shown beside.

    `running` is the reference of the reduction that is announced already, `lowest` the lowest price
    of the 30 days before. Raises ValidationError, in words for the staff, for what is none.
    """
    is_next_step = running is not None and price < current
    reference = running if running is not None and is_next_step else lowest
    if reference <= price:
        raise ValidationError(
            _(
                "This is no reduction: the lowest price of the last 30 days was %(lowest)s. Enter "
                "a lower price, or do not announce it."
            ),
            code="no_reduction",
            params={"lowest": Money(reference, settings.SHOP_CURRENCY)},
        )
    return reference


def _prices_in_effect(
    history: Iterable[PriceStart], start: datetime, end: datetime
) -> Iterator[Decimal]:
    starts = sorted(history, key=lambda one: one.began_at)
    ends = [*(one.began_at for one in starts[1:]), end]
    for one, ended_at in zip(starts, ends, strict=False):
        if max(one.began_at, start) < min(ended_at, end):
            yield one.price
