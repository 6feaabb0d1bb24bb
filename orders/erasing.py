"""Takes the person out of an order and leaves what the books need: amounts, lines, payments, the
country, and the papers, which the law wants kept as they were issued."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from orders.models import (
    ERASED_EMAIL,
    BillingAddress,
    Order,
    OrderEvent,
    OutgoingEmail,
    PaymentAttempt,
    Refund,
    Shipment,
)
from shopsite.lib.tokens import make_token

# What is written into each order that is erased.
NOBODY = {
    "email": ERASED_EMAIL,
    "name": "",
    "phone": "",
    "address_line1": "",
    "address_line2": "",
    "postal_code": "",
    "city": "",
    "region": "",
    "note": "",
}
# Lines of the timeline that repeat the number of a parcel.
OF_PARCELS = (OrderEvent.Kind.SHIPMENT, OrderEvent.Kind.DELIVERY)


@transaction.atomic
def erase_people_from(orders: Iterable[Order]) -> int:
    """Erases who ordered, where it went, and all ways to it: its link, open mails, the request to
    Stripe. Returns how many orders. Whoever calls has locked them and seen that they are over.

    The copies in the search's index follow by themselves. Once more changes nothing but the links.
    """
    keys = [order.pk for order in orders]
    for key in keys:
        links = {"token": make_token(), "checkout_token": make_token()}
        Order.objects.filter(pk=key).update(**NOBODY, **links)
    BillingAddress.objects.filter(order__in=keys).delete()
    PaymentAttempt.objects.filter(order__in=keys).update(request={}, url="")
    Shipment.objects.filter(order__in=keys).update(tracking_number="", tracking_url="")
    Refund.objects.filter(order__in=keys).update(note="")
    OrderEvent.objects.filter(order__in=keys, kind__in=OF_PARCELS).update(text="")
    _unsent(keys).delete()
    return len(keys)


def not_erased(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.exclude(email=ERASED_EMAIL)


def _unsent(keys: list[int]) -> QuerySet[OutgoingEmail]:
    """A mail that was given up needs no clerk any more: there is nobody to be told."""
    return OutgoingEmail.objects.filter(~Q(state=OutgoingEmail.State.SENT), order__in=keys)
