"""Keeps the list of products right: one ListingEntry for each product page.

Every service that changes a price, stock, a variant or what is said of a product calls
`refresh_listing_on_commit`; what writes in bulk calls `refresh_listing` at its end.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from django.db import transaction
from wagtail.search.backends import get_search_backends

from products.generation import bump_generation
from products.listing_facts import Facts, facts_of
from products.models import ListingEntry, Product, ProductPage, ProductVariant

BATCH = 500
COLUMNS = ("product_id", "title_key", "price", "is_buyable", "published_at", "words", "facets")


@dataclass
class _Gathered:
    product_ids: set[int] = field(default_factory=set)
    variant_ids: set[int] = field(default_factory=set)


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered", default=None)


def refresh_listing_on_commit(
    *, product_ids: Iterable[int] = (), variant_ids: Iterable[int] = ()
) -> None:
    """Brings the entries of these products up to date once the transaction is committed.

    Only then are the changes of others there to be seen: of two orders that buy different variants
    of one product at a time, the second to commit writes what is true after both. What was
    committed stays so if this fails; the nightly run mends the list.
    """
    gathered = _gathered.get()
    if gathered is not None:
        gathered.product_ids.update(product_ids)
        gathered.variant_ids.update(variant_ids)
        return
    products, variants = frozenset(product_ids), frozenset(variant_ids)
    if products or variants:
        transaction.on_commit(partial(_refresh_these, products, variants), robust=True)


@contextmanager
def one_refresh() -> Iterator[None]:
    """Gathers the products that change inside, and refreshes their entries together on commit."""
    gathered = _Gathered()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    refresh_listing_on_commit(product_ids=gathered.product_ids, variant_ids=gathered.variant_ids)


def refresh_listing(
    product_ids: Iterable[int] | None = None, *, is_indexed_later: bool = False
) -> int:
    """Brings the entries of these products, or of all, up to date; returns how many changed.

    Ends the generation of the catalog. Running it again changes nothing. A dozen queries for each
    500 products. `is_indexed_later` leaves the search to the caller.
    """
    if product_ids is None:
        product_ids = Product.objects.values_list("pk", flat=True)
    changed = 0
    for batch in _batches(product_ids):
        written, found_anew = _refresh(batch)
        if not is_indexed_later:
            _index_again(found_anew)
        changed += written
    bump_generation(lists=changed > 0)
    return changed


def stale_listing() -> list[int]:
    """The pages whose entry is missing or wrong; empty when all is well. Writes nothing."""
    stale: list[int] = []
    for batch in _batches(Product.objects.values_list("pk", flat=True)):
        facts = facts_of(batch)
        entries = ListingEntry.objects.in_bulk(list(facts))
        stale += [pk for pk, fact in facts.items() if not _is_as(entries.get(pk), fact)]
    return stale


def _refresh_these(product_ids: frozenset[int], variant_ids: frozenset[int]) -> None:
    variants = ProductVariant.objects.filter(pk__in=variant_ids)
    found = variants.values_list("product_id", flat=True) if variant_ids else ()
    refresh_listing({*product_ids, *found})


def _batches(product_ids: Iterable[int]) -> list[list[int]]:
    ids = sorted(set(product_ids))
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


@transaction.atomic
def _refresh(product_ids: list[int]) -> tuple[int, list[int]]:
    """How many entries changed, and the pages that are found by other words now.

    The rows are locked before the facts are read: who comes second reads what the first could not.
    """
    entries = ListingEntry.objects.filter(product_id__in=product_ids).order_by("pk")
    locked = {entry.pk: entry for entry in entries.select_for_update()}
    facts = facts_of(product_ids)
    gone = set(locked) - set(facts)
    if gone:
        ListingEntry.objects.filter(pk__in=gone).delete()
    changed = [
        ListingEntry(page_id=pk, **_values(fact))
        for pk, fact in facts.items()
        if not _is_as(locked.get(pk), fact)
    ]
    if changed:
        ListingEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["page"], update_fields=COLUMNS
        )
    found_anew = [one.pk for one in changed if _words(locked.get(one.pk)) != one.words]
    return len(changed) + len(gone), found_anew


def _values(fact: Facts) -> dict[str, object]:
    return {column: getattr(fact, column) for column in COLUMNS}


def _is_as(entry: ListingEntry | None, fact: Facts) -> bool:
    return entry is not None and all(
        _plain(getattr(entry, column)) == _plain(value) for column, value in _values(fact).items()
    )


def _plain(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value


def _words(entry: ListingEntry | None) -> str:
    return entry.words if entry else ""


def _index_again(page_ids: list[int]) -> None:
    """What a page is found by has changed although the page has not."""
    if not page_ids:
        return
    pages = list(ProductPage.objects.filter(pk__in=page_ids).select_related("listing"))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ProductPage, pages)
