"""The search of the shop: products and stories by their words, and a product by its exact SKU."""

import unicodedata
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from wagtail.query import PageQuerySet
from wagtail.search.backends.base import BaseSearchResults, EmptySearchResults

from home.models import StoryPage
from products.models import ProductPage
from products.offers import offers_for_skus
from shopsite.lib.text import plain_line

MAX_QUERY_LENGTH = 200
PAGE_SIZE = 24
MAX_STORIES = 6


@dataclass(frozen=True)
class SearchResult:
    """`products` is one page of product pages; the stories stand beside the first of them."""

    products: Page
    stories: list[StoryPage]


def clean_query(text: str) -> str:
    """What was typed as one harmless line; empty for nothing but white space."""
    return plain_line(text[: MAX_QUERY_LENGTH * 2], MAX_QUERY_LENGTH + 1)[:MAX_QUERY_LENGTH].strip()


def words_of(query: str) -> str:
    """Only letters, digits and what belongs to letters.

    The indexes hold nothing else, and a lone quotation mark is a syntax error to SQLite's.
    """
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in query)
    return " ".join("".join(kept).split())


def find_by_sku(query: str) -> str:
    """The address of the product page whose variant has exactly this SKU, or an empty text."""
    spellings = (query, query.upper(), query.lower())
    offers = offers_for_skus(set(spellings))
    offer = next((offers[sku] for sku in spellings if sku in offers), None)
    return offer.url if offer else ""


def search_site(query: str, *, page_number: str | None) -> SearchResult:
    """`query` is clean and not empty; a page number out of range is the last page."""
    products = _search(ProductPage.objects.live().public(), query)
    page = Paginator(products, PAGE_SIZE).get_page(page_number)
    if page.number > 1:
        return SearchResult(page, stories=[])
    stories = _search(StoryPage.objects.live().public().select_related("cover"), query)
    return SearchResult(page, stories=list(stories[:MAX_STORIES]))


def _search(pages: PageQuerySet, query: str) -> BaseSearchResults:
    """Pages with all the words; when there is none, pages whose title begins like them."""
    words = words_of(query)
    if not words:
        return EmptySearchResults()
    results = pages.search(words, operator="and")
    return results if results.count() else pages.autocomplete(words, operator="and")
