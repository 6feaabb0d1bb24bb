"""What stands above the list of orders: which of them need a person, and for what."""

from dataclasses import dataclass

from orders.attention import CONCERNS, Concern, concerns_by_order
from orders.models import Order

SHOWN = 5  # Orders that are named for one concern, the newest.


@dataclass(frozen=True)
class AttentionRow:
    concern: Concern
    count: int
    orders: tuple[Order, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.orders)


@dataclass(frozen=True)
class Attention:
    """`count` is of orders: one may need a person for several things."""

    count: int
    rows: tuple[AttentionRow, ...]


def whole_attention() -> Attention:
    """In two queries, however much it is."""
    found = concerns_by_order()
    by_concern: dict[str, list[int]] = {one.code: [] for one in CONCERNS}
    for pk in sorted(found, reverse=True):
        for concern in found[pk]:
            by_concern[concern.code].append(pk)
    named = {pk for pks in by_concern.values() for pk in pks[:SHOWN]}
    orders = Order.objects.only("number").in_bulk(named)
    rows = (
        AttentionRow(concern, len(pks), tuple(orders[pk] for pk in pks[:SHOWN]))
        for concern, pks in ((one, by_concern[one.code]) for one in CONCERNS)
        if pks
    )
    return Attention(len(found), tuple(rows))
