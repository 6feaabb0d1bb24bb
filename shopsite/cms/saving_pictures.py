"""How Willow writes what is shown of a picture: AVIF quickly, and nothing but the picture.

A camera writes down where and when it was held. Willow hands that on to the JPEG and PNG of every
size, and Pillow a comment, so that a shopper could read where a picture was taken.
"""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from PIL import Image
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from shopsite.cms.avif import save_as_avif

Save = Callable[..., Any]

METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")
KINDS = ("save_as_jpeg", "save_as_png", "save_as_gif", "save_as_webp")


def register_saving() -> None:
    """With Willow, for every rendition made after it, and the limit with Pillow, which then refuses
    a frame that is larger than its file's head says. Called once, at start."""
    # Pillow warns from here on, and refuses what is twice as large.
    Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    for name in KINDS:
        _replace(name, getattr(PillowImage, name))
    _replace("save_as_avif", save_as_avif)


def _replace(name: str, save: Save) -> None:
    """In both places where Willow looks: a picture that was cropped asks its own class, and one
    that was just opened the registry."""
    alone = _without_metadata(save)
    setattr(PillowImage, name, alone)
    registry.register_operation(PillowImage, name, alone)


def _without_metadata(save: Save) -> Save:
    @wraps(save)
    def save_alone(image: PillowImage, *args: Any, **kwargs: Any) -> Any:
        for name in METADATA:
            image.image.info.pop(name, None)
        return save(image, *args, **kwargs)

    return save_alone
