"""What becomes of a refund that was asked for: by Stripe's answer, or by Stripe's books when there
is none."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.changes import lock_order, record_event
from orders.models import OrderEvent, Refund
from orders.money_back import RefundState
from orders.provider import (
    ProviderRejected,
    ProviderUnavailable,
    RefundAnswer,
    RefundRequest,
    payment_provider,
)
from orders.refund_goods import give_pieces_back
from orders.refund_records import call_for_attention, record_refund

logger = logging.getLogger(__name__)

SOURCE = "desk"
# Stripe forgets a key after a day, and the same request would be a second refund.
KEY_LIVES = timedelta(hours=20)
# For what is on its way when nobody asks any more, and for what Stripe mends after a failure.
MENDS_FOR = timedelta(hours=1)


def request_of(refund: Refund) -> RefundRequest:
    assert refund.submission is not None
    return RefundRequest(
        reference=refund.submission,
        order_number=refund.order.number,
        payment_intent=refund.payment.payment_intent,
        amount=refund.money,
    )


def take_answer(refund: Refund, answer: RefundAnswer, *, source: str) -> None:
    record_refund(
        refund.payment,
        stripe_id=answer.stripe_id,
        amount=refund.money,
        state=answer.state,
        source=source,
        reference=str(refund.submission),
    )


def look_up_refund(refund: Refund) -> bool:
    """Takes a refund over that Stripe's books know. One they do not know has failed an hour after
    the last that could make it: what it held is free, and it can be made again. False if Stripe
    cannot be asked. Must not be called inside a transaction."""
    try:
        found = payment_provider().find_refund(request_of(refund))
    except (ProviderUnavailable, ProviderRejected) as error:
        logger.warning("Stripe cannot be asked about the refund %s: %s", refund.pk, error)
        return False
    if found is not None:
        take_answer(refund, found, source="job")
    elif timezone.now() - MENDS_FOR > (refund.stuck_since or refund.created_at + KEY_LIVES):
        _give_up(refund)
    return True


def note_stuck(refund: Refund) -> None:
    """Once: Stripe is done with a request whose failure it repeats."""
    if refund.stuck_since is None:
        refund.stuck_since = timezone.now()
        refund.save(update_fields=["stuck_since"])


@transaction.atomic
def undo_refund(refund: Refund, text: str) -> None:
    """For money that never left, as Stripe says."""
    if _fail(refund):
        kind = OrderEvent.Kind.REFUND_FAILED
        record_event(refund.order, kind, source=SOURCE, text=text, user=refund.user)


@transaction.atomic
def _give_up(refund: Refund) -> None:
    if _fail(refund):
        text = _(
            "Stripe never answered about a refund of %(amount)s and knows of none, so nothing was "
            "given back. Please refund it again."
        )
        call_for_attention(refund, text % {"amount": refund.money}, source="job")


def _fail(refund: Refund) -> bool:
    lock_order(refund.order_id)
    refund.refresh_from_db()
    if refund.state != RefundState.NEW:
        return False  # The webhook knows better.
    refund.state = RefundState.FAILED
    refund.save(update_fields=["state"])
    give_pieces_back(refund)
    return True
