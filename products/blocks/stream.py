"""The streams of blocks that a story, and what is said after buying, are made of."""

from collections.abc import Mapping
from typing import Any

from wagtail.blocks import StreamValue

from products.blocks.buying import BuyBoxBlock, StoryBasketBlock
from products.blocks.cards import ProductCardBlock, ProductGridBlock
from products.blocks.comparison import ComparisonBlock
from products.blocks.howto import HowToBlock
from products.blocks.look import ShopTheLookBlock
from products.blocks.sections import SectionBlock
from products.blocks.stories import RelatedStoriesBlock
from products.blocks.wanted import CONTEXT_NAME, WantedProducts
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


class SellingStreamBlock(ContentStreamBlock):
    """A stream whose blocks may say what products cost."""

    def render(self, value: StreamValue, context: Mapping[str, Any] | None = None) -> str:
        """Tells the templates all products of the stream beforehand, so that the first one that
        needs a price asks for all of them. A stream inside a stream adds its own to the outer's."""
        inner = dict(context or {})
        inner.pop("id", None)  # Of the block around this stream, if there is one.
        inner.setdefault(CONTEXT_NAME, WantedProducts()).add(value)
        html: str = super().render(value, context=inner)
        return html


class StoryStreamBlock(SellingStreamBlock):
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
    buy_box = BuyBoxBlock()
    shop_the_look = ShopTheLookBlock()
    story_basket = StoryBasketBlock()
    comparison = ComparisonBlock()
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


class AfterPurchaseStreamBlock(SellingStreamBlock):
    """What somebody is told of a thing that is theirs now: how to care for it, build and use it.
    Nothing that sells."""

    text = RichTextBlock()
    how_to = HowToBlock()
    picture_with_text = PictureWithTextBlock()
    video = VideoBlock()
    faq = FaqBlock()
    related_stories = RelatedStoriesBlock()
    section = SectionBlock()

    class Meta:
        block_counts = {"related_stories": {"max_num": 1}}
