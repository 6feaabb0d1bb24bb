"""Blocks that show products, and the stream of blocks a story is made of.

A block keeps which product, never its price or stock: its template reads them when it is rendered.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.cms.blocks import (
    SHOP,
    CallToActionBlock,
    GalleryBlock,
    HeroBlock,
    OptionalLinkBlock,
    PictureWithTextBlock,
    QuoteBlock,
    RichTextBlock,
)


class ProductChooserBlock(blocks.PageChooserBlock):
    """Chooses a product page. The model is named, not imported: pages are built of these blocks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("page_type", "products.ProductPage")
        super().__init__(**kwargs)

    def sample(self, number: int) -> list[Any]:
        """The newest live product pages, for a preview."""
        return list(self.target_model.objects.live().order_by("-first_published_at")[:number])


class ProductCardBlock(blocks.StructBlock):
    product = ProductChooserBlock(label=_("Product"))
    note = blocks.CharBlock(
        label=_("Note"), max_length=120, required=False, help_text=_("Why it is here.")
    )

    class Meta:
        icon = "tag"
        template = "blocks/product_card_block.html"
        label = _("Product card")
        group = SHOP
        description = _("One product with its picture, price and stock, always current.")

    def get_preview_value(self) -> Any:
        pages = self.child_blocks["product"].sample(1)
        return self.normalize({"product": pages[0] if pages else None, "note": "Our favorite."})


class ProductGridBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    products = blocks.ListBlock(
        ProductChooserBlock(label=_("Product")), label=_("Products"), min_num=1, max_num=12
    )
    more_link = OptionalLinkBlock(label=_("Link to more"), required=False)

    class Meta:
        icon = "grid"
        template = "blocks/product_grid_block.html"
        label = _("Product grid")
        label_format = "{heading}"
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


class StoryStreamBlock(blocks.StreamBlock):
    """What a product's story and an article are made of."""

    text = RichTextBlock()
    picture_with_text = PictureWithTextBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    product_card = ProductCardBlock()
    product_grid = ProductGridBlock()
    hero = HeroBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}
