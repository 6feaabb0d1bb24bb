"""Blocks that show products, and the stream of blocks a story is made of.

A block keeps which product, never its price or stock: its template reads them when it is rendered.
"""

from products.blocks.cards import ProductCardBlock, ProductGridBlock
from products.blocks.choosers import ProductChooserBlock
from products.blocks.stream import StoryStreamBlock

__all__ = ["ProductCardBlock", "ProductChooserBlock", "ProductGridBlock", "StoryStreamBlock"]
