"""The states of refunds and disputes, in Stripe's words and in ours. Pure.

Events arrive in any order, so the states of refunds only go forward, and those of disputes, which
may go back and forth, by when Stripe wrote of them.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefundState(models.TextChoices):
    """`new` is ours: written down, and Stripe has not answered yet. The others are Stripe's."""

    NEW = "new", _("Asked for")
    PENDING = "pending", _("On its way")
    REQUIRES_ACTION = "requires_action", _("Waits for the shopper")
    SUCCEEDED = "succeeded", _("Given back")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


class DisputeState(models.TextChoices):
    WARNING_NEEDS_RESPONSE = "warning_needs_response", _("Question, needs an answer")
    NEEDS_RESPONSE = "needs_response", _("Needs an answer")
    WARNING_UNDER_REVIEW = "warning_under_review", _("Question, with the bank")
    UNDER_REVIEW = "under_review", _("With the bank")
    WARNING_CLOSED = "warning_closed", _("Question, closed")
    PREVENTED = "prevented", _("Prevented")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    APPEAL_NEEDS_RESPONSE = "appeal_needs_response", _("Appealed, needs an answer")
    APPEAL_UNDER_REVIEW = "appeal_under_review", _("Appealed, with the bank")


# There is a day until which the bank hears the shop.
NEEDS_ANSWER = frozenset(
    {
        DisputeState.NEEDS_RESPONSE,
        DisputeState.WARNING_NEEDS_RESPONSE,
        DisputeState.APPEAL_NEEDS_RESPONSE,
    }
)
WITH_THE_BANK = frozenset(
    {
        DisputeState.UNDER_REVIEW,
        DisputeState.WARNING_UNDER_REVIEW,
        DisputeState.APPEAL_UNDER_REVIEW,
    }
)
# Said to be the end; an appeal can still turn it around.
DECIDED = frozenset({DisputeState.WON, DisputeState.LOST})

# Of this money nothing reached the shopper, or it came back.
NOT_GIVEN = frozenset({RefundState.FAILED, RefundState.CANCELED})

# A refund can fail after it succeeded, when the bank sends the money back; nothing follows that.
REFUND_RANK: Mapping[str, int] = {
    RefundState.NEW: -1,
    RefundState.PENDING: 0,
    RefundState.REQUIRES_ACTION: 1,
    RefundState.SUCCEEDED: 2,
    RefundState.FAILED: 3,
    RefundState.CANCELED: 3,
}
# A bank's question, even one that was closed, can become a dispute about the money. Counts only for
# news of the same second, or whose moment is not known.
DISPUTE_RANK: Mapping[str, int] = {
    DisputeState.WARNING_NEEDS_RESPONSE: 0,
    DisputeState.WARNING_UNDER_REVIEW: 1,
    DisputeState.WARNING_CLOSED: 2,
    DisputeState.NEEDS_RESPONSE: 3,
    DisputeState.UNDER_REVIEW: 4,
    DisputeState.PREVENTED: 5,
    DisputeState.LOST: 5,
    DisputeState.WON: 6,
    DisputeState.APPEAL_NEEDS_RESPONSE: 7,
    DisputeState.APPEAL_UNDER_REVIEW: 8,
}


def is_later(state: str, than: str, *, ranks: Mapping[str, int]) -> bool:
    """Whether a state follows another. One that Stripe invents later counts as a first one."""
    return ranks.get(state, 0) > ranks.get(than, 0)


def is_news_of_dispute(
    state: str, told_at: datetime | None, *, known: str, known_at: datetime | None
) -> bool:
    """Whether what Stripe wrote at a moment comes after what is known of a dispute."""
    if told_at and known_at and told_at != known_at:
        return told_at > known_at
    return is_later(state, known, ranks=DISPUTE_RANK)
