"""The way of an order from the cart to the door, in steps that a shopper understands. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

PageState = Literal["paid", "confirming", "processing", "unpaid", "expired", "canceled", "review"]
StepState = Literal["done", "current", "ahead"]

# The order will go no further.
ENDED: frozenset[PageState] = frozenset({"expired", "canceled"})


@dataclass(frozen=True)
class Step:
    """`at` is when it was done, if that is known."""

    label: str
    state: StepState
    at: datetime | None = None


def progress_steps(
    state: PageState, *, placed_at: datetime, paid_at: datetime | None
) -> tuple[Step, ...]:
    """One of them is the current one; none at all for an order that has ended.

    That a parcel has left is recorded nowhere yet: sending it is the last step, and stays current.
    """
    if state in ENDED:
        return ()
    is_paid = state == "paid"
    return (
        Step(_("Order placed"), "done", placed_at),
        Step(_("Payment"), "done" if is_paid else "current", paid_at if is_paid else None),
        Step(_("Packing and sending"), "current" if is_paid else "ahead"),
    )
