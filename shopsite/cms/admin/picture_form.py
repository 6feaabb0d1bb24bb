"""The form that pictures are uploaded with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from shopsite.lib.picture_check import count_pixels, is_whole_picture

# An SVG is a document that may hold scripts, and would be served from the shop's own address.
WRONG_KIND = _(
    "Use PNG, JPEG, WebP or AVIF. A drawing in another format, such as SVG, can be saved as a "
    "large PNG."
)
BROKEN = _("This file breaks off before its end. Please save the picture again, and upload that.")


class PictureField(WagtailImageField):
    """Wagtail's own reads a whole picture into memory to ask for its size, and fails with an error
    500 when it breaks off. No size could be made of such a picture either."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["invalid_image_extension"] = WRONG_KIND

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        try:
            pixels = count_pixels(f)
        except DecompressionBombError:
            super().check_image_pixel_size(f)  # Which does not read one that is as large as that.
            return
        if pixels > self.max_image_pixels:
            raise ValidationError(
                self.error_messages["file_too_many_pixels"]
                % {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )
        if not is_whole_picture(f):
            raise ValidationError(BROKEN, code="broken")
        super().check_image_pixel_size(f)


class PictureForm(BaseImageForm):
    """Also of what was uploaded a moment ago among others: then there is no file to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget
            )

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Together with the renditions of an old file, which Wagtail takes away after saving: what
        makes new ones begins when those are gone."""
        return super().save(commit=commit)
