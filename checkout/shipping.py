"""Which ways of shipping an order may choose from."""

from dataclasses import dataclass

from django_countries import countries

from checkout.models import ShippingMethod
from shopsite.lib.money import Money


@dataclass(frozen=True)
class ShippingChoice:
    """A way of shipping with what it costs for this cart."""

    id: int
    name: str
    description: str
    price: Money


def deliverable_countries() -> list[tuple[str, str]]:
    """Code and name of every country that an active method serves, by name; the most usual ones
    first."""
    served = [method.codes for method in ShippingMethod.objects.filter(is_active=True)]
    return [
        (country.code, country.name)
        for country in countries
        if country.code and any(not codes or country.code in codes for codes in served)
    ]


def known_country(code: str | None) -> str:
    """The code if we deliver there, else that of the first country we deliver to."""
    codes = [known for known, _name in deliverable_countries()]
    return code if code in codes else next(iter(codes), "")


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
