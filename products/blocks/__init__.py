"""Blocks that show products, and the stream of blocks a story is made of.

A block keeps which product, never its price or stock: its template reads them when it is rendered.
"""

from products.blocks.cards import ProductCardBlock, ProductGridBlock
from products.blocks.choosers import ProductChooserBlock
from products.blocks.howto import HowToBlock
from products.blocks.sections import SectionBlock
from products.blocks.stories import RelatedStoriesBlock
from products.blocks.stream import SectionStreamBlock, StoryStreamBlock

__all__ = [
    "HowToBlock",
    "ProductCardBlock",
    "ProductChooserBlock",
    "ProductGridBlock",
    "RelatedStoriesBlock",
    "SectionBlock",
    "SectionStreamBlock",
    "StoryStreamBlock",
]
