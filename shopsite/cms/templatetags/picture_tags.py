"""Pictures in the sizes that shopsite/cms/picture_sizes.py names."""

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import AbstractRendition, Picture

from shopsite.cms.models import ShopImage
from shopsite.cms.picture_sizes import PICTURE_SIZES
from shopsite.cms.shown_pictures import rendition_of, renditions_of

register = template.Library()


@register.simple_tag
def shop_picture(
    image: ShopImage | None,
    size: str,
    *,
    css: str,
    alt: str | None = None,
    loading: str = "",
) -> SafeString | str:
    """A <picture> in every format, with its width and height and a color until it is there.

    `loading` is "lazy" unless said otherwise; "first" is the picture that a page opens with, which
    the browser fetches before all others, and "after" is one that a "first" has above it: it
    waits for that even where both are on the first screen. Without an `alt` the picture says its
    own.
    """
    if not image:
        return ""
    attributes: dict[str, str] = {"sizes": PICTURE_SIZES[size].sizes, "class": css}
    if loading == "first":
        attributes["fetchpriority"] = "high"
    elif loading != "eager":
        attributes["loading"] = "lazy"
    if loading == "after":
        attributes["fetchpriority"] = "low"
    if alt is not None:
        attributes["alt"] = alt
    if image.dominant_color:
        attributes["data-tint"] = image.dominant_color
    html = Picture(renditions_of(image, size), attributes).__html__()
    return _without_sizes_on_the_image(html, attributes["sizes"])


@register.simple_tag
def shop_rendition(image: ShopImage | None, size: str) -> AbstractRendition | None:
    """One file, for what takes a single address: its url, width and height."""
    return rendition_of(image, size) if image else None


def _without_sizes_on_the_image(html: str, sizes: str) -> SafeString:
    """HTML allows it only beside a `srcset`, and the one JPEG has none; Wagtail writes it."""
    sources, _tag, image = html.partition("<img")
    return mark_safe(f"{sources}<img{image.replace(flatatt({'sizes': sizes}), '', 1)}")  # noqa: S308  # nosec
