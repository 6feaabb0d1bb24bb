"""What a product's page says of delivery: where to, what it costs, how long it takes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout.models import ShippingMethod
from shopsite.lib.money import Money

MOST_NAMES = 3  # More countries than that are counted.


@dataclass(frozen=True)
class DeliveryWay:
    """One way of shipping in words; `time` is what the staff says of it."""

    name: str
    where: str
    price: str
    time: str


def headline_of(methods: Sequence[ShippingMethod]) -> str:
    """One line about the country that the first method serves, with the lowest price for it: the
    staff puts the most usual one first. Empty without a method."""
    if not methods:
        return ""
    rivals = [one for one in methods if one.serves_all_of(methods[0])]
    cheapest = min(rivals, key=lambda one: one.price)
    return _("Delivery %(where)s %(price)s") % {
        "where": where_to(methods[0]),
        "price": price_words(cheapest, is_lowest=len({one.price for one in rivals}) > 1),
    }


def way_of(method: ShippingMethod) -> DeliveryWay:
    return DeliveryWay(
        name=method.name,
        where=where_to(method),
        price=price_words(method),
        time=method.description.strip().removesuffix("."),
    )


def where_to(method: ShippingMethod) -> str:
    names = [country.name for country in method.countries]
    if not names:
        return _("to every country")
    if len(names) > MOST_NAMES:
        return ngettext("to %d country", "to %d countries", len(names)) % len(names)
    return _("to %(countries)s") % {"countries": ", ".join(names)}


def price_words(method: ShippingMethod, *, is_lowest: bool = False) -> str:
    """ "€4.90, free from €60.00"; `is_lowest` when other ways to the same place cost more."""
    if not method.price:
        return _("free")
    price = str(_money(method.price))
    words = _("from %(price)s") % {"price": price} if is_lowest else price
    if method.free_from is None:
        return words
    return _("%(price)s, free from %(sum)s") % {"price": words, "sum": _money(method.free_from)}


def _money(amount: Decimal) -> Money:
    return Money(amount, settings.SHOP_CURRENCY).quantize()
