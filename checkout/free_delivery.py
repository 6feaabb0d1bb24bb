"""How much is missing until the delivery of a cart is free. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checkout.delivery import where_to
from checkout.models import ShippingMethod
from shopsite.lib.money import Money


@dataclass(frozen=True)
class FreeDelivery:
    """`text` says it in words. `percent` of the sum is there, 100 only when all of it is."""

    text: str
    percent: int

    @property
    def is_reached(self) -> bool:
        return self.percent == 100


def free_delivery(subtotal: Money, methods: Sequence[ShippingMethod]) -> FreeDelivery | None:
    """For the first method that is free from a sum: the staff puts the most usual one first.

    None when no method is, or when another one costs nothing at the same place anyway. Where the
    shopper lives is not known yet, so the words name the place.
    """
    for method in methods:
        if method.free_from and method.price and not _is_free_anyway(method, methods):
            return _describe(subtotal, method, Money(method.free_from, subtotal.currency))
    return None


def _describe(subtotal: Money, method: ShippingMethod, threshold: Money) -> FreeDelivery:
    missing = threshold - subtotal
    if missing.amount <= 0:
        return FreeDelivery(_("You have reached free delivery %s.") % where_to(method), 100)
    text = _("%(sum)s more and delivery %(where)s is free.")
    return FreeDelivery(
        text % {"sum": missing.quantize(), "where": where_to(method)},
        max(0, int(subtotal.amount * 100 / threshold.amount)),
    )


def _is_free_anyway(method: ShippingMethod, methods: Sequence[ShippingMethod]) -> bool:
    return any(not one.price and one.serves_all_of(method) for one in methods)
