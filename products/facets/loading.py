"""The index of the products, read from the database once for each state of the catalog.

Each process has one. It is made anew by the first request after a change of what lists show, which
takes some 20 ms for 1,000 products; no cache server is involved, so none can break it.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, FloatField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction

from products.facets.bits import SortedColumn, bits_of, sold_out_last
from products.facets.building import build_facets
from products.facets.index import SCALE, ProductIndex
from products.generation import current_generation
from products.models import ListingEntry, ProductPage
from products.rules import ProductOrder


@dataclass
class _Current:
    version: object = None
    index: ProductIndex | None = None


_current = _Current()
_lock = threading.Lock()


def current_index() -> ProductIndex:
    """2 queries, and 5 more after a change.

    A transaction sees what it changed itself, which has no number yet: within one, the index is
    read anew and not kept.
    """
    if connection.in_atomic_block:
        return load_index()
    version = (_state_of_catalog(), get_language())
    if _current.index is None or _current.version != version:
        with _lock:
            if _current.index is None or _current.version != version:
                _current.index, _current.version = load_index(), version
    return _current.index


def _state_of_catalog() -> object:
    """Who may see which pages is no fact of the catalog and has no generation: it is asked for."""
    private = PageViewRestriction.objects.order_by("pk").values_list("page__path", flat=True)
    return current_generation().list_number, tuple(private)


def load_index() -> ProductIndex:
    rows = list(
        ListingEntry.objects.filter(page__in=ProductPage.objects.live().public())
        .order_by(F("published_at").desc(nulls_last=True), "-pk")
        # As floats: Python's decimals and dates would take most of the time there is.
        .annotate(number=Cast("price", FloatField()))
        .values_list("pk", "title_key", "number", "is_buyable", "facets")
    )
    size = len(rows)
    buyable = bits_of((n for n, row in enumerate(rows) if row[3]), size)
    prices = [None if row[2] is None else round(row[2] * SCALE) for row in rows]
    newest = range(size)
    by_price = [n for n in newest if prices[n] is not None]
    unpriced = [n for n in newest if prices[n] is None]
    orders = {
        ProductOrder.NEWEST: newest,
        ProductOrder.PRICE_UP: sorted(by_price, key=lambda n: prices[n] or 0) + unpriced,
        ProductOrder.PRICE_DOWN: sorted(by_price, key=lambda n: -(prices[n] or 0)) + unpriced,
        ProductOrder.NAME: sorted(newest, key=lambda n: rows[n][1]),
    }
    return ProductIndex(
        page_ids=tuple(row[0] for row in rows),
        buyable=buyable,
        prices=SortedColumn(
            ((price, n) for n, price in enumerate(prices) if price is not None), size
        ),
        facets=build_facets(_members(row[4] for row in rows), size),
        orders={
            order: tuple(sold_out_last(list(places), buyable, size))
            for order, places in orders.items()
        },
    )


def _members(columns: Iterable[str]) -> dict[str, list[int]]:
    """Which products have each of the tokens."""
    members: dict[str, list[int]] = defaultdict(list)
    for position, column in enumerate(columns):
        for line in column.splitlines():
            members[line].append(position)
    return members
