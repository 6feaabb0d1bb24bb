"""What lists of products are filtered and ordered with, in memory. Pure; loading.py fills it."""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from products.facets.bits import SortedColumn, bits_of, sold_out_last
from products.rules import ProductOrder

MAX_REMEMBERED = 256
SCALE = 1000  # Numbers and prices have three decimals at most; here they are whole.


@dataclass(frozen=True)
class FacetValue:
    """`slug` names it in addresses."""

    slug: str
    label: str
    bits: int


@dataclass(frozen=True)
class Facet:
    """`code` names it in addresses. Values for one of several, `column` for a number, `flag` for
    what is true or not."""

    code: str
    name: str
    kind: Literal["values", "number", "flag"]
    values: Mapping[str, FacetValue] = field(default_factory=dict)
    column: SortedColumn | None = None
    flag: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Base:
    """What a list starts from, before any filter: `order` is its own, what is sold out last."""

    bits: int
    order: tuple[int, ...]


class ProductIndex:
    """All live, public products. A product is its position, which is the place in `page_ids`."""

    def __init__(
        self,
        *,
        page_ids: tuple[int, ...],
        buyable: int,
        prices: SortedColumn,
        facets: tuple[Facet, ...],
        orders: Mapping[ProductOrder, tuple[int, ...]],
    ) -> None:
        self.page_ids = page_ids
        self.buyable = buyable
        self.prices = prices
        self.facets = facets
        self.orders = orders
        self._positions = {page_id: place for place, page_id in enumerate(page_ids)}
        self._remembered: dict[Hashable, Base] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        return len(self.page_ids)

    @property
    def everything(self) -> Base:
        order = self.orders[ProductOrder.NEWEST]
        return Base(bits=(1 << self.size) - 1, order=order)

    def base(self, key: Hashable, find_page_ids: Callable[[], Iterable[int]]) -> Base:
        """The list of these pages in their order, as long as the index lives: found only once."""
        known = self._remembered.get(key)
        if known is None:
            known = self.base_of(find_page_ids())
            with self._lock:
                while len(self._remembered) >= MAX_REMEMBERED:
                    del self._remembered[next(iter(self._remembered))]
                self._remembered[key] = known
        return known

    def base_of(self, page_ids: Iterable[int]) -> Base:
        """Pages that are not in the index, such as drafts, fall out."""
        found = (self._positions.get(page_id) for page_id in page_ids)
        order = [position for position in found if position is not None]
        return Base(
            bits=bits_of(order, self.size),
            order=tuple(sold_out_last(order, self.buyable, self.size)),
        )
