"""What editors want on top for certain words (Wagtail's promoted search results)."""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string


@dataclass(frozen=True)
class Promotion:
    title: str
    url: str
    description: str


def promotions_for(query: str) -> list[Promotion]:
    """In the editors' order; pages that are not for everybody fall out. 1 to 3 queries."""
    rows = SearchPromotion.objects.filter(query__query_string=normalise_query_string(query))
    promotions = list(rows.select_related("page").order_by("sort_order", "pk"))
    shown = _shown_of([one.page_id for one in promotions if one.page_id])
    return [
        Promotion(
            title=one.title or one.link,
            url=(one.page.get_url() if one.page else one.external_link_url) or "",
            description=one.description,
        )
        for one in promotions
        if one.page_id in shown or one.external_link_url
    ]


def _shown_of(page_ids: list[int]) -> set[int]:
    """Those of the pages that every shopper may see."""
    if not page_ids:
        return set()
    pages = Page.objects.live().public().filter(pk__in=page_ids)
    return set(pages.values_list("pk", flat=True))
