"""Money that goes back: written down first, then asked for, and again while there is no answer."""

import logging

from django.contrib.auth.models import User
from django.db import transaction

from orders.changes import lock_order
from orders.models import OrderLine, Refund, RefundLine
from orders.money_back import RefundState
from orders.provider import (
    ProviderRejected,
    ProviderStuck,
    ProviderUnavailable,
    payment_provider,
)
from orders.refund_answers import (
    SOURCE,
    look_up_refund,
    note_stuck,
    request_of,
    take_answer,
    undo_refund,
)
from orders.refund_draft import RefundDraft, check_draft, line_amount
from orders.refund_goods import take_pieces
from orders.refund_records import move_on

logger = logging.getLogger(__name__)


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
    try:
        answer = payment_provider().refund(request_of(refund))
    except ProviderUnavailable as error:
        logger.warning("The refund %s waits: %s", refund.pk, error)
        if isinstance(error, ProviderStuck):
            note_stuck(refund)
            look_up_refund(refund)
    except ProviderRejected as error:
        undo_refund(refund, f"{refund.money}: {error}")
    else:
        take_answer(refund, answer, source=SOURCE)
    refund.refresh_from_db()


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
