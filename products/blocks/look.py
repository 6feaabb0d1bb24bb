"""A picture with products on it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from products.blocks.choices import FALLBACK_FIELDS, ProductChoiceBlock, sample_choices
from shopsite.cms.blocks import SHOP, ContentBlock, sample_picture, width_choice

MAX_POINTS = 9
SAMPLE_PLACES = [(32, 62), (58, 40), (76, 66)]


class LookPointBlock(ProductChoiceBlock):
    """A product and where it is on the picture, in percent from the left and from the top."""

    # A point belongs to a thing in the picture. Two may lead to one product: without its point the
    # second thing would have no answer.
    once_in_a_list = False

    x = blocks.IntegerBlock(
        label=_("From the left, in percent"),
        min_value=0,
        max_value=100,
        default=50,
        help_text=_("Follows the number on the picture."),
    )
    y = blocks.IntegerBlock(
        label=_("From the top, in percent"),
        min_value=0,
        max_value=100,
        default=50,
        help_text=_("Follows the number on the picture."),
    )

    class Meta:
        form_classname = "struct-block look-point"
        form_layout = blocks.BlockGroup(["product", "x", "y", FALLBACK_FIELDS])


class ShopTheLookBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    picture = ImageBlock(label=_("Picture"))
    points = blocks.ListBlock(
        LookPointBlock(),
        label=_("Products"),
        min_num=1,
        max_num=MAX_POINTS,
        help_text=_("Click on the picture to place a product; drag its number to move it."),
    )
    width = width_choice("wide", "text")

    class Meta:
        icon = "crosshairs"
        template = "blocks/shop_the_look_block.html"
        label = _("Shop the look")
        label_format = "{heading}"
        group = SHOP
        description = _("A picture with numbered products on it, and the same products below.")
        form_classname = "struct-block shop-the-look"

    def get_preview_value(self) -> Any:
        choices = sample_choices(self.child_blocks["points"].child_block, len(SAMPLE_PLACES))
        points = [
            {**choice, "x": x, "y": y}
            for choice, (x, y) in zip(choices, SAMPLE_PLACES, strict=False)
        ]
        return self.normalize(
            {"heading": "The morning table", "picture": sample_picture(), "points": points}
        )
