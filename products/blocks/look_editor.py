"""The editor of "shop the look": the picture, to place products on by clicking."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from products.blocks.look import MAX_POINTS, ShopTheLookBlock

PREVIEW_FILTER = "max-1000x1000"


class ShopTheLookAdapter(StructBlockAdapter):
    js_constructor = "products.blocks.ShopTheLookBlock"

    def js_args(self, block: ShopTheLookBlock) -> list[Any]:
        name, children, meta = super().js_args(block)
        board = {
            # The 0 becomes the key of the picture.
            "pictureUrl": reverse("wagtailimages:preview", args=[0, PREVIEW_FILTER]),
            "maxPoints": MAX_POINTS,
            "help": _(
                "Click on the picture to place a product. Drag a number, or move it with the "
                "arrow keys; the same numbers can be typed below."
            ),
            "pointLabel": _("Product %s on the picture"),
            "emptyLabel": _("Choose a picture first, then place products on it."),
        }
        return [name, children, {**meta, "board": board}]

    @cached_property
    def media(self) -> forms.Media:
        own = forms.Media(js=["products/look_editor.js"], css={"all": ["products/look_editor.css"]})
        return super().media + own


register(ShopTheLookAdapter(), ShopTheLookBlock)
