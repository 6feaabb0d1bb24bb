"""Blocks that show products as cards."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from products.blocks.choosers import ProductChooserBlock
from shopsite.cms.blocks import SHOP, ContentBlock, OptionalLinkBlock, width_choice


class ProductCardBlock(ContentBlock):
    product = ProductChooserBlock(label=_("Product"))
    note = blocks.CharBlock(
        label=_("Note"), max_length=120, required=False, help_text=_("Why it is here.")
    )
    width = width_choice("text", "wide")

    class Meta:
        icon = "tag"
        template = "blocks/product_card_block.html"
        label = _("Product card")
        group = SHOP
        description = _("One product with its picture, price and stock, always current.")

    def get_preview_value(self) -> Any:
        pages = self.child_blocks["product"].sample(1)
        return self.normalize({"product": pages[0] if pages else None, "note": "Our favorite."})


class ProductGridBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    products = blocks.ListBlock(
        ProductChooserBlock(label=_("Product")), label=_("Products"), min_num=1, max_num=12
    )
    more_link = OptionalLinkBlock(label=_("Link to more"), required=False)
    width = None

    class Meta:
        icon = "grid"
        template = "blocks/product_grid_block.html"
        label = _("Product grid")
        label_format = "{heading}"
        width = "wide"
        group = SHOP
        description = _("Up to twelve products in the order you choose, always current.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "heading": "For the tea table",
                "products": self.child_blocks["products"].child_block.sample(4),
                "more_link": {"text": "", "page": None, "address": ""},
            }
        )
