"""Short promises with an icon each."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.cms.blocks.content import ContentBlock
from shopsite.cms.blocks.groups import MARKETING
from shopsite.cms.blocks.settings import width_choice

# Each is a symbol of static/img/icons.svg.
ICONS = [
    ("leaf", _("Leaf")),
    ("heart", _("Heart")),
    ("star", _("Star")),
    ("gift", _("Gift")),
    ("hand", _("Hand")),
    ("sun", _("Sun")),
    ("drop", _("Drop")),
    ("flame", _("Flame")),
    ("parcel", _("Parcel")),
    ("return", _("Return")),
    ("clock", _("Clock")),
    ("lock", _("Lock")),
    ("mail", _("Letter")),
    ("check", _("Check mark")),
]


class IconBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(label=_("Icon"), choices=ICONS, default="leaf", search_index=False)
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=200, required=False)

    class Meta:
        icon = "success"
        label = _("Icon")
        label_format = "{heading}"


class IconListBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(IconBlock(), label=_("Icons"), min_num=2, max_num=6)
    width = width_choice("wide", "text")

    class Meta:
        icon = "success"
        template = "blocks/icon_list_block.html"
        label = _("Icons with text")
        label_format = "{heading}"
        group = MARKETING
        description = _("Two to six short promises, each with an icon.")
        preview_value = {
            "heading": "",
            "items": [
                {"icon": "hand", "heading": "Made by hand", "text": "In a workshop of four."},
                {"icon": "parcel", "heading": "Packed in paper", "text": "No plastic at all."},
                {"icon": "return", "heading": "Thirty days", "text": "To change your mind."},
            ],
        }
