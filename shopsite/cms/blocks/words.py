"""Blocks of words."""

from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.cms.blocks.content import ContentBlock
from shopsite.cms.blocks.groups import STORY
from shopsite.cms.blocks.settings import width_choice

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "link"]


class RichTextBlock(ContentBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    width = None

    class Meta:
        icon = "pilcrow"
        template = "blocks/rich_text_block.html"
        label = _("Text")
        group = STORY
        description = _("Paragraphs with headings, lists and links.")
        preview_value = {
            "text": (
                "<h2>Water first</h2><p>Good tea begins with the kettle. <b>Just off the boil</b> "
                "for black tea, a little patience for green.</p>"
            )
        }

    @classmethod
    def construct_from_lookup(cls, lookup: Any, child_blocks: Any = (), **kwargs: Any) -> Self:
        """The first migrations name this class, as which it had no fields yet."""
        block: Self = super().construct_from_lookup(lookup, child_blocks, **kwargs)
        return block


class QuoteBlock(ContentBlock):
    quote = blocks.TextBlock(label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=80, required=False)
    role = blocks.CharBlock(
        label=_("Who they are"),
        max_length=120,
        required=False,
        help_text=_("Such as “Potter” or the name of a newspaper."),
    )
    width = width_choice("text", "wide")

    class Meta:
        icon = "openquote"
        template = "blocks/quote_block.html"
        label = _("Quote")
        label_format = "{attribution}"
        group = STORY
        description = _("A sentence somebody said, set large.")
        preview_value = {
            "quote": "A cup should feel like a handshake.",
            "attribution": "Mara Lind",
            "role": "Potter",
        }
