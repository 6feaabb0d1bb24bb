"""What the product page says of its product: choices, price, stock, structured data."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from products.availability import Availability, best_of
from products.cards import price_range
from products.models import ProductPage
from products.offers import Offer
from shopsite.lib.money import Money

# An editor's title may hold "</script>"; as \u003C it stays text.
SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@dataclass(frozen=True)
class Choice:
    """One variant to choose on the page."""

    sku: str
    label: str
    price: Money
    availability: Availability
    is_selected: bool

    @property
    def max_quantity(self) -> int:
        return self.availability.max_quantity


@dataclass(frozen=True)
class Listing:
    """All of a product that can be chosen, and what holds for it as a whole."""

    name: str
    option_names: tuple[str, ...]
    choices: tuple[Choice, ...]
    price_from: Money | None
    price_varies: bool
    availability: Availability

    @property
    def is_buyable(self) -> bool:
        return self.availability.is_buyable

    @property
    def max_quantity(self) -> int:
        return max((choice.max_quantity for choice in self.choices), default=0)


def listing_for(page: ProductPage, offers: list[Offer]) -> Listing:
    """The first variant that can be bought is the one selected."""
    buyable = [offer.sku for offer in offers if offer.availability.is_buyable]
    selected = buyable[0] if buyable else None
    price_from, price_varies = price_range(offers)
    return Listing(
        name=page.title,
        option_names=page.product.option_names if page.product else (),
        choices=tuple(
            Choice(
                sku=offer.sku,
                label=offer.options_label or page.title,
                price=offer.price,
                availability=offer.availability,
                is_selected=offer.sku == selected,
            )
            for offer in offers
        ),
        price_from=price_from,
        price_varies=price_varies,
        availability=best_of([offer.availability for offer in offers]),
    )


def structured_data(page: ProductPage, offers: list[Offer]) -> SafeString:
    """JSON-LD of a product and what it costs, ready to stand inside a script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.title,
        "description": page.search_description or page.summary,
        "url": settings.SITE_URL + (page.url or ""),
        "offers": [_offer_data(page, offer) for offer in offers],
    }
    return mark_safe(json.dumps(data).translate(SCRIPT_ESCAPES))  # noqa: S308


def _offer_data(page: ProductPage, offer: Offer) -> dict[str, Any]:
    status = "InStock" if offer.availability.is_buyable else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": offer.sku,
        "name": offer.options_label or page.title,
        "price": f"{offer.price.amount}",
        "priceCurrency": offer.price.currency,
        "availability": f"https://schema.org/{status}",
        "url": settings.SITE_URL + (page.url or ""),
    }
