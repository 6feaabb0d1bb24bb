"""The way of an order from the cart to the door, in steps that a shopper understands. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

PageState = Literal[
    "paid", "partly_shipped", "shipped", "delivered",
    "confirming", "processing", "unpaid", "expired", "canceled", "review",
]  # fmt: skip
StepState = Literal["done", "current", "ahead"]

# The order will go no further.
ENDED: frozenset[PageState] = frozenset({"expired", "canceled"})
# How many of the steps are behind an order; the next one is the current one.
STEPS_DONE: dict[PageState, int] = {"paid": 2, "partly_shipped": 2, "shipped": 3, "delivered": 4}


@dataclass(frozen=True)
class Step:
    """`at` is when it was done, if that is known."""

    label: str
    state: StepState
    at: datetime | None = None


def progress_steps(
    state: PageState,
    *,
    placed_at: datetime,
    paid_at: datetime | None = None,
    shipped_at: datetime | None = None,
    delivered_at: datetime | None = None,
) -> tuple[Step, ...]:
    """At most one of them is the current one; none at all for an order that has ended.

    `shipped_at` and `delivered_at` are those of the last parcel.
    """
    if state in ENDED:
        return ()
    done = STEPS_DONE.get(state, 1)
    labels = (_("Order placed"), _("Payment"), _("Packing and sending"), _("Delivery"))
    times = (placed_at, paid_at, shipped_at, delivered_at)
    return tuple(
        Step(label, *_standing(number, done, at))
        for number, (label, at) in enumerate(zip(labels, times, strict=True))
    )


def _standing(number: int, done: int, at: datetime | None) -> tuple[StepState, datetime | None]:
    if number < done:
        return "done", at
    return ("current" if number == done else "ahead"), None
