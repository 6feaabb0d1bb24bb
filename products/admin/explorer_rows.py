"""What the listing of product pages says of each, worked out for one page of the listing at a
time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from products.panels import variant_facts
from products.readiness import PageFacts, gaps_before_sale
from shopsite.lib.money import Money

# What keeps shoppers from buying. A missing picture or text does not.
STOPS_SALE = {
    "no_product", "no_variant", "none_for_sale", "no_stock", "not_live", "not_public",
}  # fmt: skip


@dataclass(frozen=True)
class ExplorerRow:
    """`state` is what shoppers meet, in one or two words; `reason` says why they cannot buy."""

    image: Any
    price: str
    available: int | None
    state: str
    reason: str
    is_buyable: bool
    story_from: datetime | None
    missing_alt_texts: int


def explorer_rows(pages: Sequence[Any]) -> dict[int, ExplorerRow]:
    """By the ids of pages whose pictures, products, variants and stock were prefetched. 1 query."""
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return {page.pk: _row(page, is_public=not page.path.startswith(restricted)) for page in pages}


def _row(page: Any, *, is_public: bool) -> ExplorerRow:
    pictures = list(page.pictures.all())
    variants = list(page.product.variants.all()) if page.product else []
    for variant in variants:
        variant.product = page.product
    facts = [variant_facts(variant) for variant in variants]
    missing = sum(not picture.alt_text.strip() for picture in pictures)
    page_facts = PageFacts(
        has_product=page.product is not None,
        is_live=page.live,
        is_public=is_public,
        picture_count=len(pictures),
        pictures_without_alt=missing,
    )
    gaps = [gap for gap in gaps_before_sale(page_facts, facts) if gap.code in STOPS_SALE]
    return ExplorerRow(
        image=pictures[0].image if pictures else None,
        price=_price(variants),
        available=sum(one.available for one in facts) if facts else None,
        state=_state([gap.code for gap in gaps]),
        reason=gaps[0].text if gaps and gaps[0].code != "not_live" else "",
        is_buyable=not gaps,
        story_from=page.last_published_at,
        missing_alt_texts=missing,
    )


def _state(codes: list[Any]) -> str:
    if not codes:
        return _("For sale")
    if "not_live" in codes:
        return _("Not published")
    return _("Sold out") if codes == ["no_stock"] else _("Cannot be bought")


def _price(variants: Sequence[Any]) -> str:
    prices: list[Money] = sorted(variant.price_money for variant in variants if variant.is_active)
    if not prices:
        return ""
    return str(prices[0]) if prices[0] == prices[-1] else f"{prices[0]} – {prices[-1]}"
