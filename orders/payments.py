"""What money does to an order. Every function here runs once in effect, however often called."""

from dataclasses import dataclass

from django.db import transaction

from orders.changes import change_status, hold_stock_again, record_event
from orders.invoices import issue_invoice
from orders.models import Order, OrderEvent, OutgoingEmail, Payment
from orders.outbox import queue_email, take_back_unsent
from orders.status import OrderAction
from shopsite.lib.money import Money

Kind = OutgoingEmail.Kind

UNPAID_MAILS = (Kind.PAYMENT_PROCESSING, Kind.PAYMENT_FAILED, Kind.EXPIRED)


@dataclass(frozen=True)
class Receipt:
    """Money that arrived, as the payment provider tells it."""

    payment_intent: str
    amount: Money
    is_live: bool


@transaction.atomic(savepoint=False)
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
    take_back_unsent(order, *UNPAID_MAILS)
    if is_second:
        text = f"Paid a second time: {receipt.payment_intent}"
        record_event(order, OrderEvent.Kind.MISMATCH, source=source, text=text)
        queue_email(order, Kind.STAFF_ATTENTION)
        return
    if not hold_stock_again(order):
        change_status(order, OrderAction.QUESTION, source=source, text="Paid, but out of stock")
        text = "Paid after its time, and not everything in it is left."
        record_event(order, OrderEvent.Kind.STOCK, source=source, text=text)
        queue_email(order, Kind.STAFF_ATTENTION)
        return
    if change_status(order, OrderAction.PAY, source=source):
        invoice = issue_invoice(order)
        record_event(order, OrderEvent.Kind.INVOICE, source=source, text=invoice.number)
        queue_email(order, Kind.CONFIRMATION)
        queue_email(order, Kind.STAFF_NEW_ORDER)


@transaction.atomic
def flag_mismatch(order: Order, receipt: Receipt | None, *, source: str, text: str) -> None:
    """Money and order disagree: a person must look, and is told. An order that is paid stays paid.

    The money that came, if any, is recorded as it is, so that a refund finds it.
    """
    if receipt is not None:
        known = Payment.objects.filter(payment_intent=receipt.payment_intent)
        if not known.exists():
            _record_payment(order, receipt, is_duplicate=order.payments.exists())
    if order.events.filter(kind=OrderEvent.Kind.MISMATCH, text=text[:300]).exists():
        return  # Told before, maybe while the money was still on its way.
    record_event(order, OrderEvent.Kind.MISMATCH, source=source, text=text)
    change_status(order, OrderAction.QUESTION, source=source, text=text)
    queue_email(order, Kind.STAFF_ATTENTION)


def _record_payment(order: Order, receipt: Receipt, *, is_duplicate: bool) -> None:
    Payment.objects.create(
        order=order,
        payment_intent=receipt.payment_intent,
        amount=receipt.amount.amount,
        currency=receipt.amount.currency,
        is_live=receipt.is_live,
        is_duplicate=is_duplicate,
    )
