"""What the product page says of its product: choices, price, stock."""

import json
from dataclasses import dataclass

from products.availability import Availability, best_of
from products.cards import former_price_of, price_range
from products.models import ProductPage
from products.offers import Offer
from products.option_choice import Values, not_made_text, sold_out_text, words_of
from products.option_groups import OptionGroup, option_groups
from shopsite.lib.money import Money


@dataclass(frozen=True)
class Choice:
    """One variant to choose on the page."""

    sku: str
    label: str
    option_values: Values
    price: Money
    former_price: Money | None
    availability: Availability
    is_selected: bool

    @property
    def max_quantity(self) -> int:
        return self.availability.max_quantity

    @property
    def is_buyable(self) -> bool:
        return self.availability.is_buyable

    @property
    def words(self) -> str:
        return words_of(self.option_values) if self.option_values else self.label

    @property
    def key(self) -> str:
        """The values of its options, for the script of the page."""
        return json.dumps(self.option_values)

    @property
    def sku_key(self) -> str:
        """The same where variants are chosen by their SKU."""
        return json.dumps([self.sku])


@dataclass(frozen=True)
class Listing:
    """All of a product that can be chosen, and what holds for it as a whole.

    `price_from` is the price to show first; it varies unless somebody came for one variant.
    `groups` are the options where there are several; without them the choices are one list.
    """

    name: str
    product_id: int | None
    option_names: tuple[str, ...]
    choices: tuple[Choice, ...]
    groups: tuple[OptionGroup, ...]
    shown: Choice | None  # The one that the page speaks of until another is chosen.
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
        return len({(choice.price, choice.former_price) for choice in self.choices}) > 1

    @property
    def max_quantity(self) -> int:
        return max((choice.max_quantity for choice in self.choices), default=0)

    @property
    def sentences(self) -> dict[str, str]:
        """What the script of the page says of a combination, in the words of the cart."""
        words, others = "{words}", "{others}"
        return {
            "words": words_of(("{first}", "{rest}")),
            "not_made": not_made_text(words, others),
            "sold_out": sold_out_text(words, others),
            "all_sold_out": sold_out_text(words, ""),
        }


def listing_for(
    page: ProductPage, offers: list[Offer], *, wanted_sku: str = "", chosen: Values = ()
) -> Listing:
    """The first variant that can be bought is the one selected.

    Who comes for one variant, from a search engine's list of products, sees its price and finds it
    selected; nothing is, when it is sold out: another one must be chosen knowingly. `chosen` are
    values of options that somebody has chosen already, whether or not there is such a variant.
    """
    names = page.product.option_names if page.product else ()
    wanted = [offer for offer in offers if offer.sku == wanted_sku]
    buyable = [offer.sku for offer in wanted or offers if offer.availability.is_buyable]
    selected = buyable[0] if buyable else None
    price_from, price_varies = price_range(wanted or offers)
    choices = tuple(
        _choice(page, offer, is_selected=offer.sku == selected and not chosen) for offer in offers
    )
    shown = next((one for one in choices if one.is_selected or one.sku == wanted_sku), None)
    preset = chosen or (shown.option_values if shown else ())
    return Listing(
        name=page.title,
        product_id=page.product_id,
        option_names=names,
        choices=choices,
        groups=option_groups(names, choices, chosen=preset),
        shown=shown,
        price_from=price_from,
        price_varies=price_varies,
        availability=best_of([offer.availability for offer in offers]),
        weight_grams=_weight_of_all(offers),
        former_price=former_price_of(wanted or offers, price_from),
    )


def _choice(page: ProductPage, offer: Offer, *, is_selected: bool) -> Choice:
    return Choice(
        sku=offer.sku,
        label=offer.options_label or page.title,
        option_values=offer.option_values,
        price=offer.price,
        former_price=offer.former_price,
        availability=offer.availability,
        is_selected=is_selected,
    )


def _weight_of_all(offers: list[Offer]) -> int | None:
    weights = {offer.weight_grams for offer in offers}
    return weights.pop() if len(weights) == 1 else None
