"""Blocks that show products, and the stream of blocks a story is made of.

A block keeps which product, never its price or stock: its template reads them when it is rendered,
from one shelf for the whole page (see wanted.py).
"""

from products.blocks.buying import BasketItemBlock, BuyBoxBlock, StoryBasketBlock
from products.blocks.cards import ProductCardBlock, ProductGridBlock
from products.blocks.choices import ProductChoiceBlock
from products.blocks.choosers import ProductChooserBlock
from products.blocks.comparison import ComparisonBlock
from products.blocks.howto import HowToBlock
from products.blocks.look import LookPointBlock, ShopTheLookBlock
from products.blocks.sections import SectionBlock
from products.blocks.stories import RelatedStoriesBlock
from products.blocks.stream import (
    AfterPurchaseStreamBlock,
    SectionStreamBlock,
    StoryStreamBlock,
)
from products.blocks.wanted import WantedProducts

__all__ = [
    "AfterPurchaseStreamBlock",
    "BasketItemBlock",
    "BuyBoxBlock",
    "ComparisonBlock",
    "HowToBlock",
    "LookPointBlock",
    "ProductCardBlock",
    "ProductChoiceBlock",
    "ProductChooserBlock",
    "ProductGridBlock",
    "RelatedStoriesBlock",
    "SectionBlock",
    "SectionStreamBlock",
    "ShopTheLookBlock",
    "StoryBasketBlock",
    "StoryStreamBlock",
    "WantedProducts",
]
