"""What is known of a refund, and what follows from it.

Three ways lead to `record_refund`: the answer to our own request, the job that asks again, and the
webhook, which also brings what was done in Stripe's dashboard. What a refund does it does once.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.changes import lock_order, record_event
from orders.credit_notes import issue_credit_note
from orders.models import OrderEvent, OutgoingEmail, Payment, Refund
from orders.money_back import NOT_GIVEN, REFUND_RANK, RefundState, is_later
from orders.outbox import queue_email
from orders.refund_draft import refundable
from orders.refund_goods import give_pieces_back, settle_goods
from orders.reversals import issue_reversal
from shopsite.lib.money import Money


@transaction.atomic
def record_refund(
    payment: Payment, *, stripe_id: str, amount: Money, state: str, source: str, reference: str = ""
) -> None:
    """Keeps a refund by its id, or by the reference that our own request gave it; a state that is
    no later one changes nothing.

    One that comes after it was given up is kept as one of the dashboard: its goods and its money
    are the order's again, and may be on their way to somebody.
    """
    lock_order(payment.order_id)
    known = Refund.objects.filter(stripe_id=stripe_id).first()
    asked_for = None if known else _of_reference(payment, reference)
    is_given_up = asked_for is not None and asked_for.state == RefundState.FAILED
    refund = known or (None if is_given_up else asked_for)
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
    move_on(refund, state, amount=amount, source=source)
    if is_given_up and state not in NOT_GIVEN:
        text = _(
            "%(amount)s went back after all (%(refund)s), of a refund that had failed here. Please "
            "look whether it was made again meanwhile."
        )
        words = text % {"amount": amount, "refund": stripe_id}
        call_for_attention(refund, words, source=source)


def _of_reference(payment: Payment, reference: str) -> Refund | None:
    try:
        submission = uuid.UUID(reference)
    except ValueError:
        return None
    return payment.refunds.filter(submission=submission, stripe_id__isnull=True).first()


def move_on(refund: Refund, state: str, *, amount: Money, source: str) -> None:
    """To a later state, with what follows from it. The order must be locked."""
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
        call_for_attention(refund, text, source=source)


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
    reversal = issue_reversal(refund)
    if reversal is not None:
        text = f"{reversal.credit_note.number}: {reversal.number}"
        record_event(refund.order, OrderEvent.Kind.REVERSAL, source=source, text=text)
    text = _(
        "%(amount)s came back from the shopper's bank, of refund %(refund)s. They have to be given "
        "another way."
    )
    words = text % {"amount": refund.money, "refund": refund.stripe_id}
    call_for_attention(refund, words, source=source)


@transaction.atomic
def call_for_attention(refund: Refund, text: str, *, source: str) -> None:
    """Once for each thing that is to be said."""
    kind = OrderEvent.Kind.ATTENTION
    if not refund.order.events.filter(kind=kind, text=text[:300]).exists():
        record_event(refund.order, kind, source=source, text=text)
        queue_email(refund.order, OutgoingEmail.Kind.STAFF_ATTENTION, about=f"refund-{refund.pk}")
