"""Blocks that ask the reader to do something."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from shopsite.cms.blocks.content import ContentBlock
from shopsite.cms.blocks.groups import MARKETING
from shopsite.cms.blocks.links import LinkBlock
from shopsite.cms.blocks.samples import sample_picture
from shopsite.cms.blocks.settings import theme_choice, width_choice


class HeroBlock(ContentBlock):
    """The opening of a page: one picture, one thought, at most two ways on."""

    eyebrow = blocks.CharBlock(
        label=_("Line above the heading"),
        max_length=60,
        required=False,
        help_text=_("A word or two in small letters, such as “New”."),
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=280, required=False)
    picture = ImageBlock(label=_("Picture"))
    actions = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=0, max_num=2, default=[])
    theme = theme_choice("plain", "tinted", "accent")
    width = width_choice("full", "wide")

    class Meta:
        icon = "pick"
        template = "blocks/hero_block.html"
        label = _("Hero")
        label_format = "{heading}"
        group = MARKETING
        description = _("A large picture with a heading and up to two buttons. Best at the top.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "eyebrow": "New",
                "heading": "A slower cup",
                "text": "Stoneware and tea for the first quiet minute of the day.",
                "picture": sample_picture(),
                "actions": [{"text": "See the collection", "page": None, "address": ""}],
            }
        )


class CallToActionBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=280, required=False)
    action = LinkBlock(label=_("Button"))
    width = width_choice("wide", "text")

    class Meta:
        icon = "arrow-right"
        template = "blocks/call_to_action_block.html"
        label = _("Call to action")
        label_format = "{heading}"
        group = MARKETING
        description = _("A short invitation with one button.")
        preview_value = {
            "heading": "Find your cup",
            "text": "Four glazes, one shape.",
            "action": {"text": "See all mugs", "page": None, "address": "https://example.com/"},
            "theme": "accent",
        }
