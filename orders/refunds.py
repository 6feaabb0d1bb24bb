"""Money that goes back: written down first, then asked for, and again while there is no answer."""

import logging
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.changes import lock_order, record_event
from orders.models import OrderEvent, OrderLine, Refund, RefundLine
from orders.money_back import RefundState
from orders.provider import (
    ProviderRejected,
    ProviderUnavailable,
    RefundRequest,
    payment_provider,
)
from orders.refund_draft import RefundDraft, check_draft, line_amount
from orders.refund_goods import give_pieces_back, take_pieces
from orders.refund_records import call_for_attention, move_on, record_refund

logger = logging.getLogger(__name__)

SOURCE = "desk"
ASK_AGAIN_AFTER = timedelta(minutes=1)
# Stripe forgets a key after a day, and the same request would be a second refund.
KEY_LIVES = timedelta(hours=20)


@transaction.atomic
def request_refund(*, draft: RefundDraft, user: User | None) -> Refund:
    """Writes a refund down, with the pieces it is for, before Stripe is asked by `send_refund`.

    Idempotent by the draft's `submission`. Pieces and money it names can be neither shipped nor
    refunded a second time from here on. Raises CannotRefund. Without an amount it is done at once.
    """
    order = lock_order(draft.payment.order_id)
    known = Refund.objects.filter(submission=draft.submission).first()
    if known is not None:
        return known
    lines = {line.pk: line for line in order.lines.all()}
    amount = check_draft(draft, lines)
    refund = Refund.objects.create(
        order=order,
        payment=draft.payment,
        submission=draft.submission,
        currency=amount.currency,
        amount=amount.amount,
        shipping_amount=draft.shipping.amount,
        other_amount=draft.other.amount,
        state=RefundState.NEW,
        note=draft.note,
        user=user,
    )
    _write_lines(refund, draft, lines)
    take_pieces(refund)
    if not amount:
        move_on(refund, RefundState.SUCCEEDED, amount=amount, source=SOURCE)
    return refund


def send_refund(refund: Refund) -> None:
    """Asks Stripe for a refund that was written down, and records its answer. Asked twice it gives
    the same refund. Must not be called inside a transaction.

    Without an answer the refund stays as it is, and `send_waiting_refunds` asks again.
    """
    if refund.state != RefundState.NEW or refund.submission is None:
        return
    request = RefundRequest(
        reference=refund.submission,
        order_number=refund.order.number,
        payment_intent=refund.payment.payment_intent,
        amount=refund.money,
    )
    try:
        answer = payment_provider().refund(request)
    except ProviderUnavailable as error:
        logger.warning("The refund %s waits: %s", refund.pk, error)
    except ProviderRejected as error:
        _refuse(refund, str(error))
    else:
        record_refund(
            refund.payment,
            stripe_id=answer.stripe_id,
            amount=refund.money,
            state=answer.state,
            source=SOURCE,
            reference=str(refund.submission),
        )
    refund.refresh_from_db()


def send_waiting_refunds(*, limit: int = 50) -> int:
    """Asks again for refunds whose answer was lost; returns how many were looked at.

    One that got no answer for almost a day is not asked for any more: the staff is told to look.
    """
    now = timezone.now()
    waiting = Refund.objects.filter(state=RefundState.NEW, created_at__lt=now - ASK_AGAIN_AFTER)
    rows = list(waiting.select_related("order", "payment")[:limit])
    for refund in rows:
        if refund.created_at > now - KEY_LIVES:
            send_refund(refund)
        else:
            text = _("Stripe never answered about %(amount)s. Please look there whether they went.")
            call_for_attention(refund, text % {"amount": refund.money}, source="job")
    return len(rows)


@transaction.atomic
def _refuse(refund: Refund, reason: str) -> None:
    lock_order(refund.order_id)
    refund.refresh_from_db()
    if refund.state != RefundState.NEW:
        return  # The webhook knows better.
    refund.state = RefundState.FAILED
    refund.save(update_fields=["state"])
    give_pieces_back(refund)
    kind = OrderEvent.Kind.REFUND_FAILED
    text = f"{refund.money}: {reason}"
    record_event(refund.order, kind, source=SOURCE, text=text, user=refund.user)


def _write_lines(refund: Refund, draft: RefundDraft, lines: dict[int, OrderLine]) -> None:
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund,
            order_line_id=one.line_id,
            quantity=one.quantity,
            amount=line_amount(lines[one.line_id], one.quantity).amount,
            was_shipped=one.was_shipped,
            held=0 if one.was_shipped else min(one.quantity, lines[one.line_id].allocated),
            goes_back_on_sale=one.goes_back_on_sale,
        )
        for one in draft.lines
    )
