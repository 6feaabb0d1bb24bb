"""Replaces the link of an order, and sends the new one to whom the order belongs."""

from django.db import transaction

from customers.models import Kind
from customers.outbox import OUTBOX
from orders.by_email import normal_email
from orders.models import Order, OrderEvent
from orders.renewing import renew_link


@transaction.atomic
def replace_link(order: Order, *, source: str) -> bool:
    """Ends the order's link and mails the new one to its address, never to who asks. False while a
    payment is under way or when somebody was quicker; then nothing is changed."""
    if not renew_link(order, source=source):
        return False
    times = order.events.filter(kind=OrderEvent.Kind.LINK_RENEWED).count()
    OUTBOX.queue(
        kind=Kind.ORDER_LINKS,
        email=normal_email(order.email),
        slot=f"order-{order.pk}-{times}",
        defaults={"order": order},
    )
    return True
