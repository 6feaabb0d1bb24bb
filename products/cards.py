"""What a list of products shows of each: a card. In bulk, for any list of pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from products.availability import Availability, best_of
from products.models import ProductPage
from products.offers import Offer, offers_for_pages
from shopsite.cms.models import ShopImage
from shopsite.lib.money import Money


@dataclass(frozen=True)
class ProductCard:
    """`price_from` is the lowest price of what can be bought, or of all when nothing can."""

    title: str
    url: str
    image: ShopImage | None
    image_alt: str
    price_from: Money | None
    price_varies: bool
    availability: Availability
    former_price: Money | None = None


def product_cards(pages: Iterable[ProductPage]) -> list[ProductCard]:
    """Cards in the order of the pages; 3 queries for any number of them."""
    pages = list(pages)
    offers = offers_for_pages(pages)
    return [card_of(page, offers[page.pk]) for page in pages]


def price_range(offers: Sequence[Offer]) -> tuple[Money | None, bool]:
    """The price to show "from", and whether others cost more."""
    prices = [offer.price for offer in _shown(offers)]
    if not prices:
        return None, False
    return min(prices), len(set(prices)) > 1


def former_price_of(offers: Sequence[Offer], price_from: Money | None) -> Money | None:
    """What the price "from" is reduced from: only where every offer at that price says the same."""
    formers = {offer.former_price for offer in _shown(offers) if offer.price == price_from}
    return formers.pop() if len(formers) == 1 else None


def _shown(offers: Sequence[Offer]) -> Sequence[Offer]:
    """What can be bought, or all when nothing can."""
    return [offer for offer in offers if offer.availability.is_buyable] or offers


def card_of(page: ProductPage, offers: Sequence[Offer]) -> ProductCard:
    """The card of a page whose offers are at hand."""
    picture = page.main_picture
    price_from, price_varies = price_range(offers)
    return ProductCard(
        title=page.title,
        url=page.url or "",
        image=picture.image if picture else None,
        image_alt=picture.alt_text if picture else "",
        price_from=price_from,
        price_varies=price_varies,
        availability=best_of([offer.availability for offer in offers]),
        former_price=former_price_of(offers, price_from),
    )
