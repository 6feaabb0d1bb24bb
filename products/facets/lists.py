"""One list of products as a page shows it: cards, filters with counts, orders, pages.

The shop, a collection and the search each bring what they start from; all else is the same.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from products.cards import ProductCard, product_cards
from products.facets.bits import positions_in
from products.facets.chips import Chip, chips_of
from products.facets.filters import Filters, Parameters, read_filters
from products.facets.groups import apply_filters
from products.facets.index import Base, ProductIndex
from products.facets.loading import current_index
from products.facets.shapes import Group
from products.models import ProductPage
from products.rules import ProductOrder

PAGE_SIZE = 24


@dataclass(frozen=True)
class Start:
    """What a list is about before anybody filters it.

    `find_page_ids` gives them in the order of the list; with a `key` it is asked only once for each
    state of the catalog. Without it, every product is in the list. `order_name` is what shoppers
    read for that order, and `order` says which of the usual ones it is, if it is one.
    """

    order_name: str
    order: ProductOrder | None = None
    key: Hashable = None
    find_page_ids: Callable[[], Iterable[int]] | None = None
    query: str = ""


@dataclass(frozen=True)
class SortChoice:
    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True)
class ProductList:
    """`page` is one page of the list. `total` counts what is left of `total_unfiltered`."""

    cards: list[ProductCard]
    page: Page
    total: int
    total_unfiltered: int
    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[SortChoice, ...]
    filters: Filters

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters)

    @property
    def is_own_address(self) -> bool:
        """Whether search engines may list it: not with filters or in another order."""
        return not self.filters and self.filters.order is None

    @property
    def canonical_number(self) -> int:
        """The page of the same list without filters, in its own order, that stands for this one.
        A filtered list is a view of the whole one: for search engines to follow, not to list."""
        return self.page.number if self.is_own_address else 1

    @property
    def page_prefix(self) -> str:
        """What stands between "?" and "page=" in the links to other pages."""
        encoded = self.filters.encoded()
        return "" if encoded == "?" else f"{encoded[1:]}&"

    @property
    def unfiltered_address(self) -> str:
        return self.filters.without_any().encoded()


def product_list(start: Start, parameters: Mapping[str, Iterable[str]]) -> ProductList:
    """`parameters` are the lists of a query string. 6 queries for any number of products, and for
    a page number that makes no sense the nearest one that does."""
    index = current_index()
    read = Parameters(parameters)
    filters = read_filters(read, index.facets, query=start.query)
    if filters.order == start.order:
        filters = replace(filters, order=None)
    base = _base(index, start)
    filtered = apply_filters(index, base, filters)
    order = index.orders[filters.order] if filters.order else base.order
    positions = positions_in(filtered.bits, order, index.size)
    page = Paginator(positions, PAGE_SIZE).get_page(read.last("page"))
    return ProductList(
        cards=_cards(index, page.object_list),
        page=page,
        total=len(positions),
        total_unfiltered=len(base.order),
        groups=filtered.groups,
        chips=chips_of(filtered.groups, filters),
        sorts=_sorts(start, filters.order),
        filters=filters,
    )


def _base(index: ProductIndex, start: Start) -> Base:
    if start.find_page_ids is None:
        return index.everything
    if start.key is None:
        return index.base_of(start.find_page_ids())
    return index.base(start.key, start.find_page_ids)


def _cards(index: ProductIndex, positions: Iterable[int]) -> list[ProductCard]:
    """Pages that are gone since the index was read fall out."""
    ids = [index.page_ids[position] for position in positions]
    pages = ProductPage.objects.live().defer("body", "after_purchase").in_bulk(ids)
    return product_cards([pages[pk] for pk in ids if pk in pages])


def _sorts(start: Start, selected: ProductOrder | None) -> tuple[SortChoice, ...]:
    own = SortChoice("", start.order_name, selected is None)
    others = (
        SortChoice(order.value, str(order.label), order == selected)
        for order in ProductOrder
        if order != start.order
    )
    return own, *others
