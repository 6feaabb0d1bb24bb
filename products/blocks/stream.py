"""The stream of blocks a story is made of."""

from products.blocks.cards import ProductCardBlock, ProductGridBlock
from products.blocks.howto import HowToBlock
from products.blocks.sections import SectionBlock
from products.blocks.stories import RelatedStoriesBlock
from shopsite.cms.blocks import (
    CallToActionBlock,
    CollectionTilesBlock,
    ContentStreamBlock,
    CountdownBlock,
    FaqBlock,
    GalleryBlock,
    HeroBlock,
    IconListBlock,
    PictureWithTextBlock,
    QuoteBlock,
    RichTextBlock,
    VideoBlock,
)
from shopsite.contact.blocks import FormBlock, NewsletterBlock


class StoryStreamBlock(ContentStreamBlock):
    """What a product's story and an article are made of."""

    text = RichTextBlock()
    picture_with_text = PictureWithTextBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    how_to = HowToBlock()
    faq = FaqBlock()
    related_stories = RelatedStoriesBlock()
    product_card = ProductCardBlock()
    product_grid = ProductGridBlock()
    collection_tiles = CollectionTilesBlock()
    hero = HeroBlock()
    call_to_action = CallToActionBlock()
    icon_list = IconListBlock()
    countdown = CountdownBlock()
    newsletter = NewsletterBlock()
    form = FormBlock()
    section = SectionBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}


class SectionStreamBlock(StoryStreamBlock):
    """What a reusable section is made of: no other section, and nothing that opens a page."""

    hero = None  # type: ignore[assignment]
    section = None  # type: ignore[assignment]

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
