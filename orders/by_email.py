"""Orders by whom they belong to."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from orders.models import Order


def normal_email(email: str) -> str:
    """As addresses are compared and kept here: upper and lower case are one."""
    return email.strip().lower()


def orders_of(email: str) -> QuerySet[Order]:
    """All orders of an address, however it was typed, newest first. `email` is a normal one."""
    return Order.objects.alias(normal_email=Lower("email")).filter(normal_email=email)
