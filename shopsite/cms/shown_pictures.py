"""Renditions by the names of picture_sizes.py: for templates, and made ahead for those who come."""

from collections.abc import Iterable

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractRendition, Filter, SourceImageIOError
from wagtail.images.shortcuts import get_rendition_or_not_found, get_renditions_or_not_found

from shopsite.cms.models import ShopImage
from shopsite.cms.picture_sizes import PICTURE_SIZES, SINGLE_SIZES


def renditions_of(image: ShopImage, size: str) -> dict[str, AbstractRendition]:
    """By filter; what is missing is made now. 1 query, or none where the cache has them.
    Raises KeyError for a size that nobody named."""
    filters = [Filter(spec) for spec in PICTURE_SIZES[size].filters]
    found: dict[str, AbstractRendition] = get_renditions_or_not_found(image, filters)
    return found


def rendition_of(image: ShopImage, size: str) -> AbstractRendition:
    """The one file of a size that is a single file."""
    return get_rendition_or_not_found(image, Filter(SINGLE_SIZES[size]))


def make_sizes(image: ShopImage, sizes: Iterable[str]) -> None:
    """Makes what is missing. Passes over a picture whose file is gone or broken."""
    filters = dict.fromkeys(spec for size in sizes for spec in PICTURE_SIZES[size].filters)
    try:
        image.get_renditions(*filters)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return
