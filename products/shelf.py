"""The products of one rendered page, read together: a page with forty product blocks asks the
database as often as one with two."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from products.availability import Availability
from products.blocks.wanted import ProductSource
from products.cards import ProductCard, card_of
from products.listing import Listing, listing_for
from products.models import AttributeValue, ProductPage
from products.offers import Offer, offers_for_pages
from products.sources import page_ids_from


@dataclass(frozen=True)
class ShelfProduct:
    """A live, public product page and what can be bought of it now."""

    page: ProductPage
    offers: tuple[Offer, ...]

    @cached_property
    def card(self) -> ProductCard:
        return card_of(self.page, self.offers)

    @cached_property
    def listing(self) -> Listing:
        return listing_for(self.page, list(self.offers))

    @property
    def page_id(self) -> int:
        return self.page.pk

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def availability(self) -> Availability:
        return self.card.availability

    @property
    def is_buyable(self) -> bool:
        return self.card.availability.is_buyable


class Shelf:
    """Reads nothing until it is asked, then everything it was told of: 5 queries for any number of
    products, before them those of each different collection or rule."""

    def __init__(self) -> None:
        self._waiting: set[int] = set()
        self._sources: dict[ProductSource, list[int]] = {}
        self._waiting_sources: set[ProductSource] = set()
        self._products: dict[int, ShelfProduct | None] = {}
        self._details: dict[int, list[AttributeValue]] = {}

    def add(self, page_ids: Iterable[int], sources: Iterable[ProductSource] = ()) -> None:
        """What somebody will ask for later; read with the rest where that can still be."""
        self._waiting |= set(page_ids) - self._products.keys()
        self._waiting_sources |= set(sources) - self._sources.keys()

    def find(self, page_id: int | None) -> ShelfProduct | None:
        """None for a page that is gone, not live, private or no product."""
        if page_id is None:
            return None
        if page_id not in self._products:
            self._waiting.add(page_id)
        if self._waiting - self._products.keys():
            self._read()
        return self._products[page_id]

    def products_of(self, source: ProductSource) -> list[ShelfProduct]:
        """The products of a collection or by rule, in its order."""
        if source not in self._sources:
            self._waiting_sources.add(source)
            self._read()
        found = (self.find(page_id) for page_id in self._sources[source])
        return [product for product in found if product is not None]

    def details_of(self, product: ShelfProduct) -> list[AttributeValue]:
        """The answers of the table of details in its order; one query for the whole shelf."""
        if product.page_id not in self._details:
            self._read_details()
        return self._details[product.page_id]

    def _read(self) -> None:
        for source in self._waiting_sources:
            self._sources[source] = page_ids_from(source)
            self.add(self._sources[source])
        self._waiting_sources = set()
        waiting, self._waiting = self._waiting, set()
        public = ProductPage.objects.live().public().filter(pk__in=waiting)
        pages = list(public.select_related("product"))
        offers = offers_for_pages(pages)
        found = {page.pk: ShelfProduct(page, tuple(offers[page.pk])) for page in pages}
        self._products |= {page_id: found.get(page_id) for page_id in waiting}

    def _read_details(self) -> None:
        present = [product for product in self._products.values() if product is not None]
        values = AttributeValue.objects.filter(
            product_id__in={product.page.product_id for product in present},
            attribute__is_specification=True,
        ).select_related("attribute", "choice")
        by_product: dict[int, list[AttributeValue]] = {}
        for value in values:
            by_product.setdefault(value.product_id, []).append(value)
        self._details = {
            product.page_id: by_product.get(product.page.product_id or 0, []) for product in present
        }
