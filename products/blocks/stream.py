"""The stream of blocks a story is made of."""

from products.blocks.cards import ProductCardBlock, ProductGridBlock
from shopsite.cms.blocks import (
    CallToActionBlock,
    ContentStreamBlock,
    GalleryBlock,
    HeroBlock,
    PictureWithTextBlock,
    QuoteBlock,
    RichTextBlock,
)


class StoryStreamBlock(ContentStreamBlock):
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
