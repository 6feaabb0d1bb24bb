"""The picture a shared link shows: the one an editor chose, else one made for the page."""

from dataclasses import dataclass

from wagtail.images.shortcuts import get_rendition_or_not_found

from shopsite.cms.addresses import absolute_url
from shopsite.cms.models import ShopImage
from shopsite.cms.models.share_pictures import SharePicture
from shopsite.cms.pages import ContentPage
from shopsite.lib.share_picture import HEIGHT, WIDTH

FILTER = f"fill-{WIDTH}x{HEIGHT}|format-jpeg"


@dataclass(frozen=True)
class SharedPicture:
    """`url` is absolute."""

    url: str
    width: int
    height: int


def shared_picture_of(page: ContentPage) -> SharedPicture | None:
    """None for a page that shows no picture and has none made for it yet."""
    if page.share_image:
        return _cut(page.share_image)
    made = SharePicture.objects.filter(page_id=page.pk).first()
    if made:
        return SharedPicture(absolute_url(made.file.url), WIDTH, HEIGHT)
    return _cut(page.lead_picture) if page.lead_picture else None


def _cut(image: ShopImage) -> SharedPicture:
    rendition = get_rendition_or_not_found(image, FILTER)
    return SharedPicture(absolute_url(rendition.url), rendition.width, rendition.height)
