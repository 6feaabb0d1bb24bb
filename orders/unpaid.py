"""What becomes of an order whose money does not come at once, and what its shopper is told."""

from datetime import datetime

from django.db import transaction

from orders.changes import change_status, end_unpaid, record_event
from orders.models import Order, OrderEvent, OutgoingEmail, PaymentAttempt
from orders.outbox import queue_email
from orders.status import ENDED, OrderAction

Kind = OutgoingEmail.Kind


@transaction.atomic
def await_bank(order: Order, attempt: PaymentAttempt, *, source: str) -> None:
    """The shopper has done their part and the bank takes days: the order waits. Mailed once for
    each attempt."""
    if change_status(order, OrderAction.AWAIT_BANK, source=source):
        queue_email(order, Kind.PAYMENT_PROCESSING, about=str(attempt.pk))


@transaction.atomic
def refuse_payment(
    order: Order, attempt: PaymentAttempt, *, payable_until: datetime, source: str
) -> None:
    """The bank said no, days later perhaps: the order can be paid another way until then, and the
    shopper is told how. Mailed once for each attempt."""
    Order.objects.filter(pk=order.pk).update(expires_at=payable_until)
    change_status(order, OrderAction.FAIL, source=source)
    record_event(order, OrderEvent.Kind.PAYMENT_FAILED, source=source)
    queue_email(order, Kind.PAYMENT_FAILED, about=str(attempt.pk))


@transaction.atomic
def end_and_tell(order: Order, action: OrderAction, *, source: str) -> bool:
    """Ends an unpaid order and frees its stock, once. Who let the time to pay pass hears of it,
    with a way to order again; who gave up, or has ordered again already, does not."""
    if not end_unpaid(order, action, source=source):
        return False
    if action is OrderAction.EXPIRE and not _has_ordered_again(order):
        queue_email(order, Kind.EXPIRED)
    return True


def _has_ordered_again(order: Order) -> bool:
    later = Order.objects.filter(email__iexact=order.email, created_at__gt=order.created_at)
    return later.exclude(status__in=ENDED).exists()
