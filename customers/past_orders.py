"""What an address has ordered and would call its orders."""

from django.db.models import QuerySet

from orders.by_email import orders_of
from orders.models import Order
from orders.status import ENDED


def kept_orders_of(email: str) -> QuerySet[Order]:
    """Without those that ended unpaid, which anybody can place in anybody's name."""
    return orders_of(email).exclude(status__in=ENDED, paid_at=None)
