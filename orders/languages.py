"""The language an order was placed in: what is written to its shopper afterwards is in it."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

from orders.models import Order


def order_language(order: Order) -> str:
    """A language of the shop: its default for an order that says none, or one given up since."""
    known = dict(settings.LANGUAGES)
    return order.language if order.language in known else settings.LANGUAGE_CODE


def in_language_of(order: Order) -> AbstractContextManager[None]:
    """Within it, texts, dates and amounts are in the language of the order's shopper."""
    return translation.override(order_language(order))
