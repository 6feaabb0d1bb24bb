"""What became of the products that content points at, in bulk."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from products.availability import best_of
from products.models import ProductPage
from products.offers import offers_for_pages

Code = Literal["buyable", "sold_out", "not_for_sale", "private", "unpublished", "deleted"]


@dataclass(frozen=True)
class ProductState:
    """One product page, as content meets it. `title` is empty for a page that is gone."""

    page_id: int
    title: str
    code: Code

    @property
    def is_buyable(self) -> bool:
        return self.code == "buyable"

    @property
    def words(self) -> str:
        """Why it cannot be bought, as the rest of a sentence about it."""
        return {
            "buyable": _("can be bought"),
            "sold_out": _("is sold out"),
            "not_for_sale": _("is not for sale"),
            "private": _("has a private page"),
            "unpublished": _("has a page that is not published"),
            "deleted": _("was deleted"),
        }[self.code]

    def __str__(self) -> str:
        if self.code == "deleted":
            return _("A product that was deleted")
        return f"{self.title} {self.words}"


def product_states(page_ids: Collection[int]) -> dict[int, ProductState]:
    """For every id one answer; 5 queries for any number of them."""
    pages = list(ProductPage.objects.filter(pk__in=page_ids))
    public = set(ProductPage.objects.filter(pk__in=page_ids).public().values_list("pk", flat=True))
    offers = offers_for_pages(pages)
    found = {
        page.pk: ProductState(
            page.pk,
            page.title,
            _code(
                is_live=page.live,
                is_public=page.pk in public,
                availability=best_of([offer.availability for offer in offers[page.pk]]).code,
            ),
        )
        for page in pages
    }
    gone = {pk: ProductState(pk, "", "deleted") for pk in page_ids if pk not in found}
    return {**found, **gone}


def _code(*, is_live: bool, is_public: bool, availability: str) -> Code:
    if not is_live:
        return "unpublished"
    if not is_public:
        return "private"
    if availability == "unavailable":
        return "not_for_sale"
    return "sold_out" if availability == "sold_out" else "buyable"
