"""Money that goes back: written down, asked for, and told of by Stripe.

Three ways lead to `record_refund`: the answer to our own request, the job that asks again, and the
webhook, which also brings what was done in Stripe's dashboard. What a refund does it does once.
"""

import logging
import uuid
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.changes import lock_order, record_event
from orders.credit_notes import issue_credit_note
from orders.models import OrderEvent, OrderLine, OutgoingEmail, Payment, Refund, RefundLine
from orders.money_back import NOT_GIVEN, REFUND_RANK, RefundState, is_later
from orders.outbox import queue_email
from orders.provider import (
    ProviderRejected,
    ProviderUnavailable,
    RefundRequest,
    payment_provider,
)
from orders.refund_draft import RefundDraft, check_draft, line_amount, refundable
from orders.refund_goods import give_pieces_back, settle_goods, take_pieces
from shopsite.lib.money import Money

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
        _move_on(refund, RefundState.SUCCEEDED, amount=amount, source=SOURCE)
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
            _call_for_attention(refund, text % {"amount": refund.money}, source="job")
    return len(rows)


@transaction.atomic
def record_refund(
    payment: Payment, *, stripe_id: str, amount: Money, state: str, source: str, reference: str = ""
) -> None:
    """Keeps a refund by its id, or by the reference that our own request gave it; a state that is
    no later one changes nothing."""
    lock_order(payment.order_id)
    refund = Refund.objects.filter(stripe_id=stripe_id).first() or _of_reference(payment, reference)
    if refund is None:
        refund = Refund(
            order=payment.order,
            payment=payment,
            currency=amount.currency,
            amount=amount.amount,
            other_amount=amount.amount,
            state=RefundState.NEW,
        )
    refund.stripe_id = stripe_id
    _move_on(refund, state, amount=amount, source=source)


def _of_reference(payment: Payment, reference: str) -> Refund | None:
    try:
        submission = uuid.UUID(reference)
    except ValueError:
        return None
    return payment.refunds.filter(submission=submission, stripe_id__isnull=True).first()


def _move_on(refund: Refund, state: str, *, amount: Money, source: str) -> None:
    if refund.pk and not is_later(state, refund.state, ranks=REFUND_RANK):
        return
    refund.state, refund.amount = state, amount.amount
    is_news = refund.settled_at is None and state not in NOT_GIVEN
    if is_news:
        refund.settled_at = timezone.now()
    refund.save()
    if amount:
        text = f"{amount} {refund.get_state_display()} ({refund.stripe_id})"
        kind = OrderEvent.Kind.REFUND_FAILED if state in NOT_GIVEN else OrderEvent.Kind.REFUND
        record_event(refund.order, kind, source=source, text=text, user=refund.user)
    if is_news:
        _settle(refund, source=source)
    elif state in NOT_GIVEN:
        _fail(refund, source=source)


def _settle(refund: Refund, *, source: str) -> None:
    """Once, when Stripe has taken it on: its credit note is issued, the goods follow, and the
    shopper is told."""
    note = issue_credit_note(refund)
    if note is not None:
        kind = OrderEvent.Kind.CREDIT_NOTE
        record_event(refund.order, kind, source=source, text=note.number, user=refund.user)
    is_canceled = settle_goods(refund, source=source)
    mail = OutgoingEmail.Kind.CANCELED if is_canceled else OutgoingEmail.Kind.REFUNDED
    queue_email(refund.order, mail, about=str(refund.pk))
    if _leaves_goods_behind(refund):
        text = _("All of the money went back, but the goods are still held. Cancel the order.")
        _call_for_attention(refund, text, source=source)


def _leaves_goods_behind(refund: Refund) -> bool:
    """Whether the last of the money went back without a word about the goods."""
    is_whole = not refund.payment.is_duplicate and not refundable(refund.payment)
    return (
        is_whole
        and not refund.lines.exists()
        and any(line.to_ship for line in refund.order.lines.all())
    )


def _fail(refund: Refund, *, source: str) -> None:
    if refund.settled_at is None:
        give_pieces_back(refund)
        return
    text = _("%(amount)s came back from the shopper's bank. They have to be given another way.")
    _call_for_attention(refund, text % {"amount": refund.money}, source=source)


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


@transaction.atomic
def _call_for_attention(refund: Refund, text: str, *, source: str) -> None:
    """Once for each thing that is to be said."""
    kind = OrderEvent.Kind.ATTENTION
    if not refund.order.events.filter(kind=kind, text=text[:300]).exists():
        record_event(refund.order, kind, source=source, text=text)
        queue_email(refund.order, OutgoingEmail.Kind.STAFF_ATTENTION, about=f"refund-{refund.pk}")


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
