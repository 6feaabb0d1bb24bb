"""Moving pictures: a file of the library, or a link to where one is shown."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from shopsite.cms.blocks.content import ContentBlock, ContentValue
from shopsite.cms.blocks.groups import STORY
from shopsite.cms.blocks.samples import sample_picture
from shopsite.cms.blocks.settings import width_choice
from shopsite.lib.addresses import harmless_address

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class VideoValue(ContentValue):
    @property
    def file_type(self) -> str:
        file = self.get("file")
        return VIDEO_TYPES.get(file.file_extension.lower(), "") if file else ""

    @property
    def link(self) -> str:
        """Where it is shown; empty for a file."""
        return harmless_address(self.get("address") or "")

    @property
    def site(self) -> str:
        """Whose page the link opens, as people say it: youtube.com."""
        host = urlsplit(self.link).hostname or ""
        return host.removeprefix("www.")


class VideoBlock(ContentBlock):
    """Nothing is asked of another site before the visitor follows the link to it."""

    title = blocks.CharBlock(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("What one sees in it.")
    )
    poster = ImageBlock(
        label=gettext_lazy("Picture"), help_text=gettext_lazy("Shown before the video begins.")
    )
    file = DocumentChooserBlock(
        label=gettext_lazy("Video"),
        required=False,
        help_text=gettext_lazy("An mp4 or webm file of the documents."),
    )
    captions = DocumentChooserBlock(
        label=gettext_lazy("Captions"),
        required=False,
        help_text=gettext_lazy("A vtt file. Needed as soon as anybody speaks in the video."),
    )
    address = blocks.URLBlock(
        label=gettext_lazy("Or where it is shown"),
        required=False,
        help_text=gettext_lazy("The picture then leads to that page."),
    )
    caption = blocks.CharBlock(
        label=gettext_lazy("Caption"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Stands below the video."),
    )
    width = width_choice("wide", "text", "full")

    class Meta:
        icon = "media"
        template = "blocks/video_block.html"
        label = gettext_lazy("Video")
        label_format = "{title}"
        group = STORY
        value_class = VideoValue
        description = gettext_lazy("A video of your own, or a picture that leads to one elsewhere.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        file, captions = cleaned.get("file"), cleaned.get("captions")
        if bool(file) == bool(cleaned.get("address")):
            message = ValidationError(_("Choose a file or enter an address, not both."))
            errors = {"file": message, "address": message}
        elif file and file.file_extension.lower() not in VIDEO_TYPES:
            errors["file"] = ValidationError(_("Browsers show mp4 and webm files."))
        if captions and captions.file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Captions are a vtt file."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "title": "Throwing a mug in one minute",
                "poster": sample_picture(),
                "file": None,
                "captions": None,
                "address": "https://www.example.com/video",
                "caption": "",
            }
        )
