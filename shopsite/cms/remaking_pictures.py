"""A picture that somebody changed, made anew before the next visit asks for it."""

from django.contrib.contenttypes.models import ContentType
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from shopsite.cms.models import ShopImage
from shopsite.cms.preparing_pictures import draw_for_shoppers, prepare_pictures


def remake_picture(image_id: int) -> None:
    """Makes every size that there was of a picture around its focal point of today, and the shared
    links that show it. Where its file was replaced there is no size left, and the pages that
    show it are drawn as if they were published. Does nothing for what is there.

    The old cuts stay: a page that a cache keeps still names them.
    """
    image = ShopImage.objects.filter(pk=image_id).first()
    if image is None:
        return
    specs = set(image.renditions.values_list("filter_spec", flat=True))
    try:
        image.get_renditions(*specs)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return  # Its file is gone or broken.
    for page_id in _pages_with(image):
        prepare_pictures(page_id)
        if not specs:
            draw_for_shoppers(page_id)


def _pages_with(image: ShopImage) -> list[int]:
    references = ReferenceIndex.get_references_to(image).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return sorted({int(key) for key in references.values_list("object_id", flat=True)})
