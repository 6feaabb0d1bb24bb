"""Which ways of shipping an order may choose from."""

from dataclasses import dataclass

from checkout.models import ShippingMethod
from shopsite.lib.money import Money


@dataclass(frozen=True)
class ShippingChoice:
    """A way of shipping with what it costs for this cart."""

    id: int
    name: str
    description: str
    price: Money


def shipping_choices(*, country: str, subtotal: Money) -> list[ShippingChoice]:
    """The active methods that serve the country, in the staff's order; one query."""
    return [
        ShippingChoice(
            id=method.pk,
            name=method.name,
            description=method.description,
            price=method.price_for(subtotal),
        )
        for method in ShippingMethod.objects.filter(is_active=True)
        if method.serves(country)
    ]
