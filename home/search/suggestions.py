"""What the search field suggests while somebody types: products and other pages by their title."""

from dataclasses import dataclass

from home.search.matches import Matches, find_matches
from home.search.results import page_results
from home.search.site import OTHERS
from home.search.words import words_of
from products.cards import product_cards
from products.models import ProductPage
from shopsite.lib.money import Money

MIN_LENGTH = 2
MAX_PRODUCTS = 5
MAX_OTHERS = 3
MAX_READ = 10  # Private pages fall out of them, and what is sold out comes last.


@dataclass(frozen=True)
class Suggestion:
    """`note` says what it is or costs."""

    title: str
    url: str
    note: str
    price: Money | None = None
    price_varies: bool = False


def suggest_pages(query: str) -> list[Suggestion]:
    """The best by title, products before the rest; nothing for a single letter."""
    words = words_of(query)
    if len("".join(words)) < MIN_LENGTH:
        return []
    products = find_matches(words, models=[ProductPage], is_prefix=True, limit=MAX_READ)
    others = find_matches(words, models=OTHERS, is_prefix=True, limit=MAX_READ)
    return [*_products(products.of(ProductPage)), *_others(others)]


def _products(ids: list[int]) -> list[Suggestion]:
    pages = ProductPage.objects.live().public().defer("body", "after_purchase").filter(pk__in=ids)
    found = {page.pk: page for page in pages} if ids else {}
    cards = product_cards([found[pk] for pk in ids if pk in found])
    cards.sort(key=lambda card: not card.availability.is_buyable)
    return [
        Suggestion(
            title=card.title,
            url=card.url,
            note="" if card.availability.is_buyable else card.availability.label,
            price=card.price_from,
            price_varies=card.price_varies,
        )
        for card in cards[:MAX_PRODUCTS]
    ]


def _others(matches: Matches) -> list[Suggestion]:
    ids_by_model = {model: matches.of(model)[:MAX_OTHERS] for model in OTHERS if matches.of(model)}
    results = page_results(ids_by_model)[:MAX_OTHERS]
    return [Suggestion(title=one.title, url=one.url, note=one.kind) for one in results]
