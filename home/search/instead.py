"""What a search that found nothing offers instead."""

from dataclasses import dataclass

from products.cards import ProductCard, product_cards
from products.models import CollectionIndexPage, CollectionPage
from products.selection import Selection, select_pages

NEW_PRODUCTS = 4
MAX_COLLECTIONS = 8


@dataclass(frozen=True)
class SomethingElse:
    collections: list[CollectionPage]
    cards: list[ProductCard]


def something_else() -> SomethingElse:
    """The collections at the top of the tree, and what is new and can be bought."""
    index = CollectionIndexPage.objects.live().first()
    collections = list(CollectionPage.shown_below(index)[:MAX_COLLECTIONS]) if index else []
    pages = select_pages(Selection(in_stock=True, limit=NEW_PRODUCTS))
    return SomethingElse(collections, product_cards(pages))
