"""Pictures for machines: search engines, feeds, readers. Whole, large, and JPEG, which all of them
take.

Originals are never handed out, and a feed of ten thousand products has no time to make renditions.
So they are made in the background when a page is published; what is not ready yet is shown by the
largest rendition that a page has made of it.
"""

from collections.abc import Iterable

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from shopsite.cms.addresses import absolute_url
from shopsite.cms.models import ShopImage, ShopRendition

FILTER = "max-1600x1600|format-jpeg"
SMALLEST = 250  # What search engines and feeds take as a picture at all.

Addresses = dict[int, str]


def addresses_of(images: Iterable[ShopImage | None]) -> Addresses:
    """Absolute addresses by the image's primary key; one without any rendition is missing.

    Writes nothing. 1 query, and another one while some are not ready.
    """
    wanted = {image.pk for image in images if image is not None}
    if not wanted:
        return {}
    renditions = ShopRendition.objects.filter(image_id__in=wanted)
    found = _by_image(renditions.filter(filter_spec=FILTER))
    missing = wanted - found.keys()
    if missing:
        others = renditions.filter(
            image_id__in=missing, filter_spec__contains="format-jpeg", width__gte=SMALLEST
        )
        found |= _by_image(others.order_by("width", "pk"))  # The last one stays.
    return found


def make_machine_pictures(images: Iterable[ShopImage]) -> None:
    """Makes what `addresses_of` hands out. Passes over a picture whose file is gone or broken."""
    for image in images:
        try:
            image.get_rendition(FILTER)
        except (SourceImageIOError, InvalidFilterSpecError, OSError):
            continue


def _by_image(renditions: Iterable[ShopRendition]) -> Addresses:
    return {rendition.image_id: absolute_url(rendition.url) for rendition in renditions}
