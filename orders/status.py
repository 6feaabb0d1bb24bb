"""The states of an order and of a payment attempt, and what leads from one to another. Pure.

`TRANSITIONS` is the only place that says it. The diagram in ARCHITECTURE.md is drawn from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")  # Stock is held.
    PROCESSING = "processing", _("Payment processing")  # A delayed method; stock is held.
    PAID = "paid", _("Paid")  # Ready to be shipped; stock stays allocated until then.
    PARTLY_SHIPPED = "partly_shipped", _("Partly shipped")  # The rest is still allocated.
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    EXPIRED = "expired", _("Expired")  # Never paid; stock is free again.
    CANCELED = "canceled", _("Canceled")  # By shopper or shop; stock is free again.
    REVIEW = "review", _("Needs review")  # Money and order disagree; a person must look.

    @property
    def shopper_label(self) -> str:
        """The label, or where that is a task of ours, what the order's page says instead."""
        return str(_("We are looking at your payment") if self is self.REVIEW else self.label)


Status = OrderStatus


class OrderAction(Enum):
    """What happens to an order. The value is what the diagram calls it."""

    AWAIT_BANK = "the bank takes its time"
    PAY = "paid"
    FAIL = "the bank refuses"
    EXPIRE = "not paid in time"
    GIVE_UP = "shopper gives up"
    QUESTION = "money and order disagree"
    SHIP_PART = "a part is shipped"
    SHIP_REST = "the rest is shipped"
    DELIVER = "all parcels have arrived"
    CANCEL = "the shop cancels all of it"
    CLOSE = "the shop cancels the rest"


@dataclass(frozen=True)
class Transition:
    """From which states an action is possible, and the state it leads to."""

    sources: tuple[OrderStatus, ...]
    target: OrderStatus


# Paid never goes back: no late "expired" or "failed" can undo a payment. Money may arrive after we
# gave up on it, and a question about money never stops an order that is paid.
TRANSITIONS: dict[OrderAction, Transition] = {
    OrderAction.AWAIT_BANK: Transition((Status.AWAITING_PAYMENT,), Status.PROCESSING),
    OrderAction.FAIL: Transition((Status.PROCESSING,), Status.AWAITING_PAYMENT),
    OrderAction.PAY: Transition(
        (
            Status.AWAITING_PAYMENT,
            Status.PROCESSING,
            Status.EXPIRED,
            Status.CANCELED,
            Status.REVIEW,
        ),
        Status.PAID,
    ),
    OrderAction.EXPIRE: Transition((Status.AWAITING_PAYMENT,), Status.EXPIRED),
    OrderAction.GIVE_UP: Transition((Status.AWAITING_PAYMENT,), Status.CANCELED),
    OrderAction.QUESTION: Transition(
        (Status.AWAITING_PAYMENT, Status.PROCESSING, Status.EXPIRED, Status.CANCELED),
        Status.REVIEW,
    ),
    OrderAction.SHIP_PART: Transition((Status.PAID, Status.PARTLY_SHIPPED), Status.PARTLY_SHIPPED),
    OrderAction.SHIP_REST: Transition((Status.PAID, Status.PARTLY_SHIPPED), Status.SHIPPED),
    OrderAction.DELIVER: Transition((Status.SHIPPED,), Status.DELIVERED),
    OrderAction.CANCEL: Transition((Status.PAID, Status.REVIEW), Status.CANCELED),
    OrderAction.CLOSE: Transition((Status.PARTLY_SHIPPED,), Status.SHIPPED),
}

PAYABLE = frozenset({Status.AWAITING_PAYMENT})
SHIPPABLE = frozenset(TRANSITIONS[OrderAction.SHIP_REST].sources)
GONE = frozenset({Status.SHIPPED, Status.DELIVERED})  # Its last piece has left the house.
# What of it has not left the house can be given up by the shop.
CANCELABLE = frozenset(
    {
        *TRANSITIONS[OrderAction.GIVE_UP].sources,
        *TRANSITIONS[OrderAction.CANCEL].sources,
        *TRANSITIONS[OrderAction.CLOSE].sources,
    }
)
# Nothing of it is sent any more.
ENDED = frozenset({Status.EXPIRED, Status.CANCELED})
# Its money is here and its goods are on their way or will be.
SOLD = SHIPPABLE | GONE


class AttemptState(models.TextChoices):
    """`new` was committed but Stripe has not answered yet; `open` can be paid at its address.
    `unanswered` was given up: Stripe failed, and repeats that for its key."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    COMPLETE = "complete", _("Complete")
    EXPIRED = "expired", _("Expired")
    FAILED = "failed", _("Failed")
    UNANSWERED = "unanswered", _("Never answered")


LIVE_ATTEMPTS = frozenset({AttemptState.NEW, AttemptState.OPEN})
# A session may exist of them, whose id and address nobody was told.
WITHOUT_ANSWER = frozenset({AttemptState.NEW, AttemptState.UNANSWERED})


def draw_transitions() -> str:
    """The table as a Mermaid state diagram, without the fence around it."""
    edges = [
        f"    {source} --> {change.target}: {action.value}"
        for action, change in TRANSITIONS.items()
        for source in change.sources
    ]
    ends = [f"    {status} --> [*]" for status in _ends(TRANSITIONS.values())]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Status.AWAITING_PAYMENT}", *edges, *ends])


def _ends(changes: Iterable[Transition]) -> list[OrderStatus]:
    """The states that nothing leads out of."""
    left = {source for change in changes for source in change.sources}
    return [status for status in OrderStatus if status not in left]
