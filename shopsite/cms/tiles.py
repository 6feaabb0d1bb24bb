"""What the tile of a page shows: a picture and a title of its own, or those of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model
from wagtail.models import Page

from shopsite.cms.models import ShopImage


@dataclass(frozen=True)
class Tile:
    title: str
    url: str
    image: ShopImage | None
    image_alt: str


def tiles_of(chosen: Iterable[Mapping[str, Any]]) -> list[Tile]:
    """In their order. A page that is gone, a draft or private has no tile."""
    chosen = [one for one in chosen if one.get("page") is not None]
    ids = {one["page"].pk for one in chosen}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).live().public().specific()}
    image_ids = {_image_id(page) for page in pages.values()} - {None}
    images = get_image_model().objects.in_bulk(image_ids)
    return [_tile(one, pages[one["page"].pk], images) for one in chosen if one["page"].pk in pages]


def _tile(chosen: Mapping[str, Any], page: Page, images: Mapping[int, ShopImage]) -> Tile:
    own = chosen.get("picture")
    if own is not None:
        image, alt = own, "" if own.decorative else own.contextual_alt_text or ""
    else:
        image = images.get(_image_id(page) or 0)
        alt = getattr(page, "cover_alt", "") or (image.default_alt_text if image else "")
    return Tile(
        title=chosen.get("title") or page.title,
        url=page.url or "",
        image=image,
        image_alt=alt,
    )


def _image_id(page: Page) -> int | None:
    """Of the picture by which a page is known: its cover, else the one for shared links."""
    return getattr(page, "cover_id", None) or getattr(page, "share_image_id", None)
