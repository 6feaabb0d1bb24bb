"""What stands above the list of orders: which of them need a person, and for what."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.functional import Promise
from wagtail import hooks

from orders.attention import Concern, all_concerns, concerns_by_order
from orders.models import Order

SHOWN = 5  # Orders that are named for one concern, the newest.
# Functions of the layers above that are given a user and answer with a Notice, or None.
NOTICES_HOOK = "register_attention_notices"


@dataclass(frozen=True)
class Notice:
    """What needs a person and is about no order."""

    words: str | Promise
    url: str
    link: str | Promise


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
    notices: tuple[Notice, ...]


def whole_attention(user: User) -> Attention:
    """In two queries, however much it is, and those of the notices."""
    found = concerns_by_order()
    concerns = all_concerns()
    by_concern: dict[str, list[int]] = {one.code: [] for one in concerns}
    for pk in sorted(found, reverse=True):
        for concern in found[pk]:
            by_concern[concern.code].append(pk)
    named = {pk for pks in by_concern.values() for pk in pks[:SHOWN]}
    orders = Order.objects.only("number").in_bulk(named)
    rows = (
        AttentionRow(concern, len(pks), tuple(orders[pk] for pk in pks[:SHOWN]))
        for concern, pks in ((one, by_concern[one.code]) for one in concerns)
        if pks
    )
    notices = (make(user) for make in hooks.get_hooks(NOTICES_HOOK))
    return Attention(len(found), tuple(rows), tuple(one for one in notices if one))
