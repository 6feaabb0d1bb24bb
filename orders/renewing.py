"""Gives an order another link, for when the one it has got into wrong hands."""

from django.db import transaction

from orders.changes import record_event
from orders.models import Order, OrderEvent
from orders.status import ENDED, SOLD, OrderStatus
from shopsite.lib.tokens import make_token

# Not while a payment is under way: Stripe leads back to the link it was given.
RENEWABLE = SOLD | ENDED | {OrderStatus.REVIEW}


@transaction.atomic
def renew_link(order: Order, *, source: str) -> bool:
    """Ends the link that the order has as we know it, and makes another.

    False when somebody else was quicker, or a payment is under way; then the link stays as it is.
    `order` is brought up to date. Who is told of the new link is the caller's to say.
    """
    rows = Order.objects.filter(pk=order.pk, token=order.token, status__in=RENEWABLE)
    renewed = bool(rows.update(token=make_token()))
    order.refresh_from_db(fields=["token", "status"])
    if renewed:
        record_event(order, OrderEvent.Kind.LINK_RENEWED, source=source)
    return renewed
