"""Products side by side."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from products.blocks.choices import ProductChoiceBlock, sample_choices
from shopsite.cms.blocks import SHOP, ContentBlock, width_choice


class ComparisonBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    products = blocks.ListBlock(ProductChoiceBlock(), label=_("Products"), min_num=2, max_num=5)
    only_differences = blocks.BooleanBlock(
        label=_("Only what differs"),
        required=False,
        default=True,
        help_text=_("Leaves out the details in which all of them are alike."),
    )
    width = width_choice("wide", "text")

    class Meta:
        icon = "table"
        template = "blocks/comparison_block.html"
        label = _("Comparison")
        label_format = "{heading}"
        group = SHOP
        description = _("Two to five products side by side: price, stock and what differs.")

    def get_preview_value(self) -> Any:
        products = sample_choices(self.child_blocks["products"].child_block, 3)
        return self.normalize(
            {"heading": "Which one?", "products": products, "only_differences": True}
        )
