from dataclasses import dataclass

from django import template

from checkout.delivery import DeliveryWay, headline_of, way_of
from checkout.models import ShippingMethod
from orders.models import SellerSettings

register = template.Library()


@dataclass(frozen=True)
class DeliveryTerms:
    """Empty texts are not shown."""

    headline: str
    time: str
    ways: tuple[DeliveryWay, ...]
    note: str
    returns_headline: str
    returns_text: str


@register.simple_tag(takes_context=True)
def delivery_terms(context: template.Context) -> DeliveryTerms:
    """What holds for every product: from the shipping methods and the seller's words; 2 queries."""
    methods = list(ShippingMethod.objects.filter(is_active=True))
    seller = SellerSettings.load(request_or_site=context.get("request"))
    return DeliveryTerms(
        headline=headline_of(methods),
        time=seller.delivery_time,
        ways=tuple(way_of(method) for method in methods),
        note=seller.delivery_text,
        returns_headline=seller.returns_headline,
        returns_text=seller.returns_text,
    )
