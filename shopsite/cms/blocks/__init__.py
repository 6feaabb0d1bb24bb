"""Blocks that know no product: words, pictures and calls to action.

A block's template is templates/blocks/<name of the class in snake case>.html, its stylesheet
static/css/blocks/<the same with dashes>.css. What surrounds it is blocks/frame.html and block.css.
"""

from shopsite.cms.blocks.campaign import CallToActionBlock, HeroBlock
from shopsite.cms.blocks.content import ContentBlock, ContentStreamBlock, ContentValue, is_preview
from shopsite.cms.blocks.groups import LAYOUT, MARKETING, SHOP, STORY
from shopsite.cms.blocks.icons import ICONS, IconListBlock
from shopsite.cms.blocks.links import LinkBlock, LinkValue, OptionalLinkBlock
from shopsite.cms.blocks.pictures import GalleryBlock, GalleryPictureBlock, PictureWithTextBlock
from shopsite.cms.blocks.questions import FaqBlock
from shopsite.cms.blocks.samples import sample_picture
from shopsite.cms.blocks.settings import spacing_choice, theme_choice, width_choice
from shopsite.cms.blocks.tiles import CollectionTilesBlock
from shopsite.cms.blocks.timing import CountdownBlock
from shopsite.cms.blocks.video import VideoBlock
from shopsite.cms.blocks.words import (
    SHORT_TEXT_FEATURES,
    TEXT_FEATURES,
    QuoteBlock,
    RichTextBlock,
)

__all__ = [
    "ICONS",
    "LAYOUT",
    "MARKETING",
    "SHOP",
    "SHORT_TEXT_FEATURES",
    "STORY",
    "TEXT_FEATURES",
    "CallToActionBlock",
    "CollectionTilesBlock",
    "ContentBlock",
    "ContentStreamBlock",
    "ContentValue",
    "CountdownBlock",
    "FaqBlock",
    "GalleryBlock",
    "GalleryPictureBlock",
    "HeroBlock",
    "IconListBlock",
    "LinkBlock",
    "LinkValue",
    "OptionalLinkBlock",
    "PictureWithTextBlock",
    "QuoteBlock",
    "RichTextBlock",
    "VideoBlock",
    "is_preview",
    "sample_picture",
    "spacing_choice",
    "theme_choice",
    "width_choice",
]
