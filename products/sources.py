"""Which product pages a collection or a rule stands for inside a block."""

from products.blocks.wanted import ProductSource
from products.collections import pages_in
from products.selection import select_pages


def page_ids_from(source: ProductSource) -> list[int]:
    """The collection's products, then the rule's, at most `limit` of each. A collection that is
    not live has none to show."""
    found: list[int] = []
    if source.collection is not None and source.collection.live:
        found += pages_in(source.collection).values_list("pk", flat=True)[: source.limit]
    if source.selection is not None:
        found += select_pages(source.selection).values_list("pk", flat=True)[: source.limit]
    return list(dict.fromkeys(found))
