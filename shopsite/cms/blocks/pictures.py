"""Blocks whose pictures tell the story."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from shopsite.cms.blocks.content import ContentBlock
from shopsite.cms.blocks.groups import STORY
from shopsite.cms.blocks.links import OptionalLinkBlock
from shopsite.cms.blocks.samples import sample_picture
from shopsite.cms.blocks.settings import width_choice
from shopsite.cms.blocks.words import SHORT_TEXT_FEATURES


class PictureWithTextBlock(ContentBlock):
    """A chapter of a story: a picture on one side, words on the other."""

    picture = ImageBlock(label=_("Picture"))
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)
    side = blocks.ChoiceBlock(
        label=_("Side of the picture"),
        help_text=_("On a phone the picture is always above the text."),
        choices=[("start", _("Before the text")), ("end", _("After the text"))],
        default="start",
        search_index=False,
    )
    link = OptionalLinkBlock(label=_("Link"), required=False)
    width = width_choice("wide", "full")

    class Meta:
        icon = "image"
        template = "blocks/picture_with_text_block.html"
        label = _("Picture with text")
        label_format = "{heading}"
        group = STORY
        description = _("A picture beside a few paragraphs; on a phone one above the other.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "picture": sample_picture(),
                "heading": "Thrown by hand",
                "text": "<p>Each piece leaves the wheel a little different from the last.</p>",
                "side": "start",
                "link": {"text": "", "page": None, "address": ""},
            }
        )


LAYOUTS = [
    ("grid", _("Grid: all of one size")),
    ("row", _("Row: beside each other, to be moved through")),
    ("mosaic", _("Mosaic: the first one large")),
]


class GalleryPictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        label=_("Caption"), max_length=160, required=False, help_text=_("Stands below the picture.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    layout = blocks.ChoiceBlock(
        label=_("Layout"),
        choices=LAYOUTS,
        default="grid",
        search_index=False,
        help_text=_("How the pictures stand beside each other."),
    )
    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Pictures"), min_num=2, max_num=12)
    width = width_choice("wide", "text", "full")

    class Meta:
        icon = "grip"
        template = "blocks/gallery_block.html"
        label = _("Gallery")
        label_format = "{heading}"
        group = STORY
        description = _("Two to twelve pictures, each to be opened large.")

    def get_preview_value(self) -> Any:
        pictures = [{"picture": sample_picture(), "caption": ""} for _number in range(3)]
        return self.normalize(
            {"heading": "From the workshop", "layout": "mosaic", "pictures": pictures}
        )

    def normalize(self, value: Any) -> Any:
        """One that was stored before there were layouts is a grid."""
        if not isinstance(value, blocks.StructValue):
            value = {"layout": "grid", **value}
        return super().normalize(value)
