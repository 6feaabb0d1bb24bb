"""The states of an order and of a payment attempt, and which may follow which. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")  # Stock is held.
    PROCESSING = "processing", _("Payment processing")  # A delayed method; stock is held.
    PAID = "paid", _("Paid")  # Ready to be shipped; stock stays allocated until then.
    EXPIRED = "expired", _("Expired")  # Never paid; stock is free again.
    CANCELED = "canceled", _("Canceled")  # Given up by the shopper; stock is free again.
    REVIEW = "review", _("Needs review")  # Money and order disagree; a person must look.


# From -> to. Paid never goes back: a late "expired" or "failed" must not undo a payment.
TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.AWAITING_PAYMENT: frozenset(
        {
            OrderStatus.PROCESSING,
            OrderStatus.PAID,
            OrderStatus.EXPIRED,
            OrderStatus.CANCELED,
            OrderStatus.REVIEW,
        }
    ),
    OrderStatus.PROCESSING: frozenset(
        {OrderStatus.PAID, OrderStatus.AWAITING_PAYMENT, OrderStatus.REVIEW}
    ),
    # Money may arrive after we gave up on it.
    OrderStatus.EXPIRED: frozenset({OrderStatus.PAID, OrderStatus.REVIEW}),
    OrderStatus.CANCELED: frozenset({OrderStatus.PAID, OrderStatus.REVIEW}),
    OrderStatus.REVIEW: frozenset({OrderStatus.PAID, OrderStatus.CANCELED}),
    OrderStatus.PAID: frozenset(),
}

PAYABLE = frozenset({OrderStatus.AWAITING_PAYMENT})


class AttemptState(models.TextChoices):
    """`new` was committed but Stripe has not answered yet; `open` can be paid at its address."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    COMPLETE = "complete", _("Complete")
    EXPIRED = "expired", _("Expired")
    FAILED = "failed", _("Failed")


LIVE_ATTEMPTS = frozenset({AttemptState.NEW, AttemptState.OPEN})


def sources_of(target: OrderStatus) -> list[OrderStatus]:
    """The states from which an order may become `target`."""
    return [source for source, targets in TRANSITIONS.items() if target in targets]
