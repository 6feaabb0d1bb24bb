"""All pictures of a page, made in the background before anybody asks for them."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from django.conf import settings
from wagtail.models import Page

from shopsite.cms.machine_pictures import FILTER, make_machine_pictures
from shopsite.cms.making_share_pictures import digest_of, live_page, make_share_picture
from shopsite.cms.models import SharePicture, ShopImage, ShopRendition
from shopsite.cms.pages import ContentPage
from shopsite.cms.picture_sizes import NEW_FORMATS
from shopsite.cms.shown_pictures import make_sizes
from shopsite.lib.average_color import average_color


def prepare_pictures(page_id: int) -> None:
    """Writes renditions and the picture of the shared link. Does nothing for what is there, and
    nothing at all for a page that is not live."""
    page = live_page(page_id)
    if page is not None:
        make_machine_pictures(page.shown_pictures)
        make_share_picture(page_id)
        for image in page.listed_pictures:
            _give_color(image)


def draw_for_shoppers(page_id: int) -> None:
    """Renders a live page and the list it stands in once, as Wagtail does for its own previews:
    their templates know which sizes they show, and a shopper's request then makes none. The sizes
    in which other pages, the search and the cart show its picture are made as well, and those of
    the streams that stand elsewhere."""
    page = live_page(page_id)
    if page is None or not settings.DRAWS_WHEN_PUBLISHED:
        return
    for image in page.listed_pictures:
        make_sizes(image, page.listed_sizes)
    for shown in (page, page.get_parent().specific):
        if isinstance(shown, ContentPage) and shown.live:
            shown.make_preview_request()
    for name in filter(partial(getattr, page), page.private_streams):
        page.make_preview_request(preview_mode=name)


def pages_to_prepare() -> Iterator[int]:
    """Live pages of which a picture is missing or shows what is no longer so."""
    made = dict(SharePicture.objects.values_list("page_id", "digest"))
    ready = _images_with(filter_spec=FILTER)
    listed = _images_with(filter_spec__startswith=f"format-{NEW_FORMATS[0]}")
    for page in Page.objects.live().specific().iterator(chunk_size=200):
        if isinstance(page, ContentPage) and (
            made.get(page.pk) != digest_of(page)
            or any(image.pk not in ready for image in page.shown_pictures)
            or (
                settings.DRAWS_WHEN_PUBLISHED
                and any(image.pk not in listed for image in page.listed_pictures)
            )
        ):
            yield page.pk


def _images_with(**rendition: str) -> set[int]:
    return set(ShopRendition.objects.filter(**rendition).values_list("image_id", flat=True))


def _give_color(image: ShopImage) -> None:
    """To a picture that was stored before pictures had one."""
    if not image.dominant_color:
        with suppress(OSError), image.open_file() as file:
            image.dominant_color = average_color(file)
            image.save(update_fields=["dominant_color"])
