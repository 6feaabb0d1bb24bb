"""What may be wrong with product pages, as filters of their listing.

A higher layer adds what only it knows, such as what sells best, through the Wagtail hook
"register_product_concerns": a function without arguments that returns Concerns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from products.models import ProductPagePicture, ProductVariant

OLD_STORY_DAYS = 180
HOOK = "register_product_concerns"


@dataclass(frozen=True)
class Concern:
    """`narrow` keeps of a queryset of product pages those that it is about."""

    code: str
    label: str | Promise
    narrow: Callable[[QuerySet[Any]], QuerySet[Any]]


def all_concerns() -> list[Concern]:
    added = [concern for register in hooks.get_hooks(HOOK) for concern in register()]
    return [*CONCERNS, *added]


def old_story_limit() -> datetime:
    """A story that was published before this is old."""
    return timezone.now() - timedelta(days=OLD_STORY_DAYS)


def with_old_story(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.filter(live=True, last_published_at__lt=old_story_limit())


def _variants_for_sale() -> QuerySet[ProductVariant]:
    return ProductVariant.objects.filter(product=OuterRef("product"), is_active=True)


def _can_be_bought() -> Exists:
    return Exists(_variants_for_sale().filter(stock__on_hand__gt=F("stock__allocated")))


def _unbuyable(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.filter(~_can_be_bought(), live=True)


def _sold_out(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.filter(Exists(_variants_for_sale()) & ~_can_be_bought())


def _without_picture_or_text(pages: QuerySet[Any]) -> QuerySet[Any]:
    pictures = ProductPagePicture.objects.filter(page=OuterRef("pk"))
    return pages.filter(Q(~Exists(pictures)) | Q(Exists(pictures.filter(alt_text=""))))


CONCERNS = (
    Concern("unbuyable", _("Live but cannot be bought"), _unbuyable),
    Concern("sold_out", _("Sold out"), _sold_out),
    Concern("no_picture", _("No picture or no alternative text"), _without_picture_or_text),
    Concern("old_story", _("Old story"), with_old_story),
)
