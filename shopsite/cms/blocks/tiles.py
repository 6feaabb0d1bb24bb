"""Pages as tiles: collections above all."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models

from shopsite.cms.blocks.content import ContentBlock
from shopsite.cms.blocks.groups import SHOP
from shopsite.cms.blocks.settings import width_choice
from shopsite.cms.tiles import tiles_of


class TileBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=80, required=False, help_text=_("Instead of the page's own.")
    )
    picture = ImageBlock(
        label=_("Picture"), required=False, help_text=_("Instead of the page's own.")
    )

    class Meta:
        icon = "shop-collection"
        label = _("Tile")
        label_format = "{page}"


class CollectionTilesBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    tiles = blocks.ListBlock(TileBlock(), label=_("Tiles"), min_num=1, max_num=12)
    width = width_choice("wide", "full")

    class Meta:
        icon = "shop-collection"
        template = "blocks/collection_tiles_block.html"
        label = _("Collection tiles")
        label_format = "{heading}"
        group = SHOP
        description = _("Large pictures that lead to collections, or to any other page.")

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> Any:
        """`tiles` are those whose page every shopper may see; 3 queries and one for each type of
        page among them."""
        context = super().get_context(value, parent_context=parent_context)
        context["tiles"] = tiles_of(value["tiles"])
        return context

    def get_preview_value(self) -> Any:
        shelves = [model for model in get_page_models() if getattr(model, "shows_products", False)]
        pages = Page.objects.live().type(*shelves).order_by("-depth", "path")[:3]
        tiles = [{"page": page, "title": "", "picture": None} for page in pages]
        return self.normalize({"heading": "Look around", "tiles": tiles})
