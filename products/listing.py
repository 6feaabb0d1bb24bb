"""What the product page says of its product: choices, price, stock."""

from dataclasses import dataclass

from products.availability import Availability, best_of
from products.cards import former_price_of, price_range
from products.models import ProductPage
from products.offers import Offer
from shopsite.lib.money import Money


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
    """All of a product that can be chosen, and what holds for it as a whole.

    `price_from` is the price to show first; it varies unless somebody came for one variant.
    """

    name: str
    option_names: tuple[str, ...]
    choices: tuple[Choice, ...]
    price_from: Money | None
    price_varies: bool
    availability: Availability
    weight_grams: int | None  # None also when the variants differ in it.
    former_price: Money | None = None

    @property
    def is_buyable(self) -> bool:
        return self.availability.is_buyable

    @property
    def has_several_prices(self) -> bool:
        return len({choice.price for choice in self.choices}) > 1

    @property
    def max_quantity(self) -> int:
        return max((choice.max_quantity for choice in self.choices), default=0)


def listing_for(page: ProductPage, offers: list[Offer], *, wanted_sku: str = "") -> Listing:
    """The first variant that can be bought is the one selected.

    Who comes for one variant, from a search engine's list of products, sees its price and finds it
    selected; nothing is, when it is sold out: another one must be chosen knowingly.
    """
    wanted = [offer for offer in offers if offer.sku == wanted_sku]
    buyable = [offer.sku for offer in wanted or offers if offer.availability.is_buyable]
    selected = buyable[0] if buyable else None
    price_from, price_varies = price_range(wanted or offers)
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
        weight_grams=_weight_of_all(offers),
        former_price=former_price_of(offers, price_from),
    )


def _weight_of_all(offers: list[Offer]) -> int | None:
    weights = {offer.weight_grams for offer in offers}
    return weights.pop() if len(weights) == 1 else None
