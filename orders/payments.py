"""What money does to an order. Every function here runs once in effect, however often called."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from orders.changes import change_status, hold_stock_again, record_event
from orders.invoices import issue_invoice
from orders.models import Dispute, Order, OrderEvent, OutgoingEmail, Payment, Refund
from orders.outbox import queue_email
from orders.status import OrderAction
from shopsite.lib.money import Money

# Events arrive in any order, so states only go forward. A refund can fail after it succeeded,
# when the bank sends the money back; nothing follows that.
REFUND_RANK = {"pending": 0, "requires_action": 1, "succeeded": 2, "failed": 3, "canceled": 3}
DISPUTE_RANK = {
    "warning_needs_response": 0,
    "needs_response": 0,
    "warning_under_review": 1,
    "under_review": 1,
    "warning_closed": 2,
    "prevented": 2,
    "won": 2,
    "lost": 2,
}


@dataclass(frozen=True)
class Receipt:
    """Money that arrived, as the payment provider tells it."""

    payment_intent: str
    amount: Money
    is_live: bool


@transaction.atomic
def mark_paid(order: Order, receipt: Receipt, *, source: str) -> None:
    """Records the payment; the order becomes paid, its invoice is issued and its mails queued.

    `order` must be locked. The same payment again changes nothing. A different one for an order
    that is paid already is recorded as paid twice, for the staff to give back. Money for an order
    whose stock was freed meanwhile takes the stock again; if it is gone, the order goes to review.
    """
    if Payment.objects.filter(payment_intent=receipt.payment_intent).exists():
        return
    is_second = order.payments.exists()
    _record_payment(order, receipt, is_duplicate=is_second)
    if is_second:
        text = f"Paid a second time: {receipt.payment_intent}"
        record_event(order, OrderEvent.Kind.MISMATCH, source=source, text=text)
        queue_email(order, OutgoingEmail.Kind.STAFF_ATTENTION)
        return
    if not hold_stock_again(order):
        change_status(order, OrderAction.QUESTION, source=source, text="Paid, but out of stock")
        text = "Paid after its time, and not everything in it is left."
        record_event(order, OrderEvent.Kind.STOCK, source=source, text=text)
        queue_email(order, OutgoingEmail.Kind.STAFF_ATTENTION)
        return
    if change_status(order, OrderAction.PAY, source=source):
        invoice = issue_invoice(order)
        record_event(order, OrderEvent.Kind.INVOICE, source=source, text=invoice.number)
        queue_email(order, OutgoingEmail.Kind.CONFIRMATION)
        queue_email(order, OutgoingEmail.Kind.STAFF_NEW_ORDER)


@transaction.atomic
def flag_mismatch(order: Order, receipt: Receipt | None, *, source: str, text: str) -> None:
    """Money and order disagree: a person must look, and is told. An order that is paid stays paid.

    The money that came, if any, is recorded as it is, so that a refund finds it.
    """
    if order.events.filter(kind=OrderEvent.Kind.MISMATCH, text=text[:300]).exists():
        return
    if receipt is not None:
        known = Payment.objects.filter(payment_intent=receipt.payment_intent)
        if not known.exists():
            _record_payment(order, receipt, is_duplicate=order.payments.exists())
    record_event(order, OrderEvent.Kind.MISMATCH, source=source, text=text)
    change_status(order, OrderAction.QUESTION, source=source, text=text)
    queue_email(order, OutgoingEmail.Kind.STAFF_ATTENTION)


@transaction.atomic
def record_refund(
    payment: Payment, *, stripe_id: str, amount: Money, state: str, source: str
) -> None:
    """Keeps a refund by its id; the state of a later event replaces an earlier one."""
    claim, is_new = Refund.objects.get_or_create(
        stripe_id=stripe_id, defaults=_claim_of(payment, amount, state)
    )
    if is_new or _moves_on(claim, amount, state, ranks=REFUND_RANK):
        text = f"{amount} {state} ({stripe_id})"
        record_event(payment.order, OrderEvent.Kind.REFUND, source=source, text=text)


@transaction.atomic
def record_dispute(
    payment: Payment, *, stripe_id: str, amount: Money, state: str, source: str
) -> None:
    """Keeps a dispute by its id; once it is won or lost it stays so."""
    claim, is_new = Dispute.objects.get_or_create(
        stripe_id=stripe_id, defaults=_claim_of(payment, amount, state)
    )
    if is_new or _moves_on(claim, amount, state, ranks=DISPUTE_RANK):
        text = f"{amount} {state} ({stripe_id})"
        record_event(payment.order, OrderEvent.Kind.DISPUTE, source=source, text=text)


def _record_payment(order: Order, receipt: Receipt, *, is_duplicate: bool) -> None:
    Payment.objects.create(
        order=order,
        payment_intent=receipt.payment_intent,
        amount=receipt.amount.amount,
        currency=receipt.amount.currency,
        is_live=receipt.is_live,
        is_duplicate=is_duplicate,
    )


def _claim_of(payment: Payment, amount: Money, state: str) -> dict[str, object]:
    return {
        "order": payment.order,
        "amount": amount.amount,
        "currency": amount.currency,
        "state": state,
    }


def _moves_on(
    claim: Refund | Dispute, amount: Money, state: str, *, ranks: Mapping[str, int]
) -> bool:
    """Writes the state and the amount that go with it, if the state is a later one."""
    if ranks.get(state, 0) <= ranks.get(claim.state, 0):
        return False
    claim.state, claim.amount = state, amount.amount
    claim.save(update_fields=["state", "amount"])
    return True
