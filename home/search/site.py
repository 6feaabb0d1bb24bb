"""The search of the whole site, as its page shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import LandingPage, StoryPage
from home.search.matches import Matches, find_matches
from home.search.promotions import Promotion, promotions_for
from home.search.results import PageResult, page_results
from home.search.vocabulary import current_vocabulary
from home.search.words import words_of
from products.facets.lists import ProductList, Start, product_list
from products.models import CollectionPage, ProductPage, ProductVariant
from products.offers import offers_for_skus

MAX_OTHERS = 12
LEAD = 1.5  # People are in a shop: another page has to match clearly better to stand first.
GTIN_LENGTHS = (8, 12, 13, 14)
OTHERS: tuple[type[Page], ...] = (CollectionPage, StoryPage, LandingPage)


@dataclass(frozen=True)
class SearchResult:
    """`products` can be filtered and paged through; `others` stand beside the first page of them.
    `corrected` is what was searched for instead, when nothing has what was typed."""

    products: ProductList
    others: list[PageResult]
    promotions: list[Promotion]
    are_products_first: bool
    corrected: str = ""

    @property
    def total(self) -> int:
        """How much was found, before any filter."""
        return self.products.total_unfiltered + len(self.others)


def find_by_code(query: str) -> str:
    """The address of the product page whose variant has exactly this SKU or GTIN, or nothing."""
    spellings = {query, query.upper(), query.lower()}
    codes = Q(sku__in=spellings)
    if query.isdecimal() and len(query) in GTIN_LENGTHS:
        codes |= Q(gtin=query)
    skus = ProductVariant.objects.filter(codes).order_by("pk").values_list("sku", flat=True)
    offers = offers_for_skus(list(skus[:3])) if skus else {}
    return next((offer.url for offer in offers.values() if offer.url), "")


def search_site(query: str, parameters: Mapping[str, Iterable[str]]) -> SearchResult:
    """`query` is clean and not empty. Reads only, in a number of queries that does not grow."""
    matches, corrected = _forgiving(words_of(query))
    products = product_list(
        Start(
            order_name=_("Best match"),
            key=matches,
            find_page_ids=lambda: matches.of(ProductPage),
            query=query,
        ),
        parameters,
    )
    is_start = products.page.number == 1 and not products.is_filtered
    return SearchResult(
        products=products,
        others=page_results(_best_of(matches)) if is_start else [],
        promotions=promotions_for(query) if is_start else [],
        are_products_first=_are_products_first(matches),
        corrected=corrected,
    )


def _forgiving(words: Sequence[str]) -> tuple[Matches, str]:
    """Pages with all the words; if there is none, those whose title begins like them; if there is
    none either, those with the words that were probably meant, and what these are."""
    matches = find_matches(words) or find_matches(words, is_prefix=True)
    if matches or not words:
        return matches, ""
    meant = current_vocabulary().corrected(words)
    if meant == list(words):
        return matches, ""
    found = find_matches(meant) or find_matches(meant, is_prefix=True)
    return found, " ".join(meant) if found else ""


def _are_products_first(matches: Matches) -> bool:
    return matches.best_of(ProductPage) * LEAD >= matches.best_of(*OTHERS)


def _best_of(matches: Matches) -> dict[type[Page], list[int]]:
    return {model: matches.of(model)[:MAX_OTHERS] for model in OTHERS if matches.of(model)}
