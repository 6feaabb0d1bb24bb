"""The form that pictures are uploaded with."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

# An SVG is a document that may hold scripts, and would be served from the shop's own address.
WRONG_KIND = _(
    "Use PNG, JPEG, WebP or AVIF. A drawing in another format, such as SVG, can be saved as a "
    "large PNG."
)


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["invalid_image_extension"] = WRONG_KIND

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Together with the renditions of an old file, which Wagtail takes away after saving: what
        makes new ones begins when those are gone."""
        return super().save(commit=commit)
