"""What is still missing before shoppers can buy from a product's page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

Code = Literal[
    "no_product", "no_variant", "missing_option", "none_for_sale", "no_stock", "no_picture",
    "no_alt_text", "not_live", "not_public",
]  # fmt: skip


@dataclass(frozen=True)
class VariantFacts:
    """Of one variant, what decides whether it can be bought."""

    sku: str
    is_active: bool
    available: int
    missing_option: str = ""


@dataclass(frozen=True)
class PageFacts:
    """`pictures_without_alt` counts those of the gallery that say nothing to people who cannot
    see them; they stop the page from being published."""

    has_product: bool
    is_live: bool
    is_public: bool
    picture_count: int
    pictures_without_alt: int


@dataclass(frozen=True)
class Gap:
    """One thing to do; `sku` names the variant it is about, if it is about one."""

    code: Code
    text: str
    sku: str = ""


def gaps_before_sale(page: PageFacts, variants: Sequence[VariantFacts]) -> list[Gap]:
    """In the order in which a person would mend them; empty when the product can be bought."""
    if not page.has_product:
        return [Gap("no_product", _("The product of this page was deleted."))]
    return [*_variant_gaps(variants), *_page_gaps(page)]


def _variant_gaps(variants: Sequence[VariantFacts]) -> list[Gap]:
    if not variants:
        return [Gap("no_variant", _("There is no variant with a price to buy yet."))]
    gaps = [
        Gap(
            "missing_option",
            _("%(sku)s does not say its %(option)s.")
            % {"sku": variant.sku, "option": variant.missing_option},
            sku=variant.sku,
        )
        for variant in variants
        if variant.missing_option
    ]
    for_sale = [variant for variant in variants if variant.is_active]
    if not for_sale:
        gaps.append(Gap("none_for_sale", _("No variant is for sale."), sku=variants[0].sku))
    elif not any(variant.available > 0 for variant in for_sale):
        gaps.append(Gap("no_stock", _("Nothing of it is in stock."), sku=for_sale[0].sku))
    return gaps


def _page_gaps(page: PageFacts) -> list[Gap]:
    gaps = []
    if not page.picture_count:
        gaps.append(Gap("no_picture", _("The page has no picture.")))
    if page.pictures_without_alt:
        gaps.append(Gap("no_alt_text", _("A picture has no alternative text.")))
    if not page.is_live:
        gaps.append(Gap("not_live", _("The page is not published.")))
    elif not page.is_public:
        gaps.append(Gap("not_public", _("The page is private.")))
    return gaps
