"""In what two records of one payment or refund differ. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.money_back import NOT_GIVEN
from shopsite.lib.money import Money


class Kind(Enum):
    PAID_THERE = "paid_there"
    PAID_HERE = "paid_here"
    REFUNDED_THERE = "refunded_there"
    REFUNDED_HERE = "refunded_here"
    AMOUNT = "amount"

    @property
    def words(self) -> Promise:
        return WORDS[self]


WORDS = {
    Kind.PAID_THERE: _("Paid at Stripe, not here"),
    Kind.PAID_HERE: _("Paid here, not at Stripe"),
    Kind.REFUNDED_THERE: _("Refunded at Stripe, not here"),
    Kind.REFUNDED_HERE: _("Refunded here, not at Stripe"),
    Kind.AMOUNT: _("The amounts differ"),
}


@dataclass(frozen=True)
class Entry:
    """A payment or refund in one of the books, by its id at Stripe. `state` is that of a refund,
    empty for a payment; `order` is the primary key and number of the order, as far as known."""

    id: str
    moment: datetime
    amount: Money
    state: str = ""
    order: tuple[int, str] | None = None

    @property
    def counts(self) -> bool:
        """Whether the money is where the entry says: a refund that failed gave nothing back."""
        return self.state not in NOT_GIVEN and self.state != "new"


@dataclass(frozen=True)
class Difference:
    kind: Kind
    there: Entry | None
    here: Entry | None
    can_be_applied: bool = False


Entries = Mapping[str, Entry]


def compare_payments(there: Entries, here: Entries) -> Iterator[Difference]:
    for key, paid in there.items():
        if key not in here:
            yield Difference(Kind.PAID_THERE, paid, None, can_be_applied=True)
        elif here[key].amount != paid.amount:
            yield Difference(Kind.AMOUNT, paid, here[key])
    for key in here.keys() - there.keys():
        yield Difference(Kind.PAID_HERE, None, here[key])


def compare_refunds(there: Entries, here: Entries) -> Iterator[Difference]:
    """A refund that Stripe says failed, and that counts here, can be applied as well."""
    for key in there.keys() | here.keys():
        theirs, ours = there.get(key), here.get(key)
        is_there = theirs is not None and theirs.counts
        is_here = ours is not None and ours.counts
        if is_there and not is_here:
            yield Difference(Kind.REFUNDED_THERE, theirs, ours, can_be_applied=True)
        elif is_here and not is_there:
            yield Difference(Kind.REFUNDED_HERE, theirs, ours, can_be_applied=theirs is not None)
        elif theirs and ours and is_there and theirs.amount != ours.amount:
            yield Difference(Kind.AMOUNT, theirs, ours)


def in_order(found: Iterable[Difference]) -> list[Difference]:
    """The newest first."""

    def key(one: Difference) -> tuple[datetime, str]:
        entry = one.there or one.here
        assert entry is not None
        return entry.moment, entry.id

    return sorted(found, key=key, reverse=True)
