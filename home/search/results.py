"""Stories, collections and landing pages, as the search shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.campaigns import is_campaign
from home.models import LandingPage, StoryPage
from products.models import CollectionPage
from shopsite.cms.models import ShopImage
from shopsite.cms.stored_pictures import first_pictures

SUMMARY_WORDS = 30


@dataclass(frozen=True)
class PageResult:
    """`kind` is what it is, in a shopper's words."""

    title: str
    url: str
    kind: str
    summary: str
    image: ShopImage | None
    image_alt: str


def page_results(ids_by_model: Mapping[type[Page], Sequence[int]]) -> list[PageResult]:
    """Those that every shopper may see: kind by kind, each in the given order. A query for each
    kind, one for which pages are private and one for the pictures of landing pages."""
    results = []
    for model, ids in ids_by_model.items():
        pages = model.objects.live().public().filter(pk__in=ids)
        if model in (StoryPage, CollectionPage):
            pages = pages.select_related("cover")
        found = {page.pk: page for page in pages}
        leads = first_pictures(list(found.values())) if model is LandingPage else {}
        results += [_result(found[pk], leads.get(pk)) for pk in ids if pk in found]
    return results


def _result(page: Page, lead: ShopImage | None) -> PageResult:
    """`lead` is the picture of a page that has no cover of its own."""
    summary = getattr(page, "summary", "") or strip_tags(getattr(page, "intro", ""))
    return PageResult(
        title=page.title,
        url=page.get_url() or "",
        kind=_kind_of(page),
        summary=Truncator(summary or page.search_description).words(SUMMARY_WORDS, truncate="…"),
        image=lead or getattr(page, "cover", None),
        image_alt=getattr(page, "cover_alt", ""),
    )


def _kind_of(page: Page) -> str:
    if isinstance(page, StoryPage):
        return _("Story")
    if isinstance(page, LandingPage) and is_campaign(page):
        return _("Campaign")
    return _("Collection") if isinstance(page, CollectionPage) else _("Page")
