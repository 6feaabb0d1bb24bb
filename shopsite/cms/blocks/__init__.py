"""Blocks that know no product: words, pictures and calls to action.

A block's template is templates/blocks/<name of the class in snake case>.html, its stylesheet
static/css/blocks/<the same with dashes>.css. What surrounds it is blocks/frame.html and block.css.
"""

from shopsite.cms.blocks.campaign import CallToActionBlock, HeroBlock
from shopsite.cms.blocks.content import ContentBlock, ContentStreamBlock, ContentValue, is_preview
from shopsite.cms.blocks.groups import MARKETING, SHOP, STORY
from shopsite.cms.blocks.links import LinkBlock, LinkValue, OptionalLinkBlock
from shopsite.cms.blocks.pictures import GalleryBlock, GalleryPictureBlock, PictureWithTextBlock
from shopsite.cms.blocks.samples import sample_picture
from shopsite.cms.blocks.settings import spacing_choice, theme_choice, width_choice
from shopsite.cms.blocks.words import (
    SHORT_TEXT_FEATURES,
    TEXT_FEATURES,
    QuoteBlock,
    RichTextBlock,
)

__all__ = [
    "MARKETING",
    "SHOP",
    "SHORT_TEXT_FEATURES",
    "STORY",
    "TEXT_FEATURES",
    "CallToActionBlock",
    "ContentBlock",
    "ContentStreamBlock",
    "ContentValue",
    "GalleryBlock",
    "GalleryPictureBlock",
    "HeroBlock",
    "LinkBlock",
    "LinkValue",
    "OptionalLinkBlock",
    "PictureWithTextBlock",
    "QuoteBlock",
    "RichTextBlock",
    "is_preview",
    "sample_picture",
    "spacing_choice",
    "theme_choice",
    "width_choice",
]
