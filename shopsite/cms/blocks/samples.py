"""What the previews of the block picker are made of."""

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage


def sample_picture() -> AbstractImage | None:
    """The oldest picture of the library, for a block's preview; None while there is none."""
    image = get_image_model().objects.order_by("pk").first()
    if image is not None:
        image.contextual_alt_text = image.description or image.title
        image.decorative = False
    return image
