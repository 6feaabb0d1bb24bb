"""The first picture of many pages, of their streams as they are stored: one query for all."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from shopsite.cms.models import ShopImage
from shopsite.cms.stored_streams import Leaf, leaves_of, stored, stream_fields


def first_pictures(pages: Sequence[Page]) -> dict[int, ShopImage]:
    """By primary key, what `ContentPage.lead_picture` finds in the streams of each page; a page
    without a picture is not among them."""
    ids = {page.pk: _picture_ids(page) for page in pages}
    images = ShopImage.objects.in_bulk({one for of_page in ids.values() for one in of_page})
    return {
        pk: next(images[one] for one in of_page if one in images)
        for pk, of_page in ids.items()
        if not images.keys().isdisjoint(of_page)
    }


def _picture_ids(page: Page) -> list[int]:
    leaves = [
        leaf
        for field in stream_fields(type(page))
        for leaf in leaves_of(field, _shown(stored(getattr(page, field.name))))
    ]
    return [image_id for image_id in map(_image_id, leaves) if image_id]


def _shown(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the blocks whose time has not come, or is over."""
    now = timezone.now()

    def is_shown(value: Any) -> bool:
        dates = value if isinstance(value, dict) else {}
        start, end = (parse_datetime(dates.get(name) or "") for name in ("show_from", "show_until"))
        return (not start or start <= now) and (not end or now < end)

    return [child for child in children if is_shown(child["value"])]


def _image_id(leaf: Leaf) -> int | None:
    if isinstance(leaf.block, ImageBlock):
        return (leaf.value or {}).get("image")
    return leaf.value if isinstance(leaf.block, ImageChooserBlock) else None
