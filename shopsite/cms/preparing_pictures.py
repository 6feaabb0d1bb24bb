"""All pictures that machines are shown of a page, made before they ask."""

from collections.abc import Iterator

from wagtail.models import Page

from shopsite.cms.machine_pictures import FILTER, make_machine_pictures
from shopsite.cms.making_share_pictures import digest_of, live_page, make_share_picture
from shopsite.cms.models import SharePicture, ShopRendition
from shopsite.cms.pages import ContentPage


def prepare_pictures(page_id: int) -> None:
    """Writes renditions and the picture of the shared link. Does nothing for what is there, and
    nothing at all for a page that is not live."""
    page = live_page(page_id)
    if page is not None:
        make_machine_pictures(page.shown_pictures)
        make_share_picture(page_id)


def pages_to_prepare() -> Iterator[int]:
    """Live pages of which a picture is missing or shows what is no longer so."""
    made = dict(SharePicture.objects.values_list("page_id", "digest"))
    ready = set(ShopRendition.objects.filter(filter_spec=FILTER).values_list("image_id", flat=True))
    for page in Page.objects.live().specific().iterator(chunk_size=200):
        if isinstance(page, ContentPage) and (
            made.get(page.pk) != digest_of(page)
            or any(image.pk not in ready for image in page.shown_pictures)
        ):
            yield page.pk
