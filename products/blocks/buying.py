"""Blocks with which shoppers buy from the page they are reading."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from products.blocks.choices import FALLBACK_FIELDS, ProductChoiceBlock, sample_choices
from shopsite.cms.blocks import SHOP, ContentBlock, width_choice

MAX_WANTED = 20


class BuyBoxBlock(ProductChoiceBlock, ContentBlock):
    note = blocks.CharBlock(
        label=_("Note"), max_length=120, required=False, help_text=_("Why it is here.")
    )
    width = width_choice("text", "wide")

    class Meta:
        icon = "plus-inverse"
        template = "blocks/buy_box_block.html"
        label = _("Buy box")
        group = SHOP
        description = _("One product to put into the cart right here, with its options.")
        form_layout = blocks.BlockGroup(["product", "note", FALLBACK_FIELDS])

    def get_preview_value(self) -> Any:
        pages = self.child_blocks["product"].sample(1)
        return self.normalize({"product": pages[0] if pages else None, "note": "Made to last."})


class BasketItemBlock(ProductChoiceBlock):
    quantity = blocks.IntegerBlock(
        label=_("How many"),
        min_value=1,
        max_value=MAX_WANTED,
        default=1,
        help_text=_("So many are put into the cart with the others."),
    )
    note = blocks.CharBlock(
        label=_("Note"), max_length=120, required=False, help_text=_("Such as “60 g for two”.")
    )
    is_optional = blocks.BooleanBlock(
        label=_("Optional"),
        required=False,
        help_text=_("Shoppers tick it if they want it. The others are always added."),
    )

    class Meta:
        form_layout = blocks.BlockGroup(
            ["product", "quantity", "note", "is_optional", FALLBACK_FIELDS]
        )

    def normalize(self, value: Any) -> Any:
        if not isinstance(value, blocks.StructValue):
            value = {"quantity": 1, "note": "", "is_optional": False, **value}
        return super().normalize(value)


class StoryBasketBlock(ContentBlock):
    """Several products that go into the cart with one press, such as all of a recipe."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=280, required=False)
    items = blocks.ListBlock(BasketItemBlock(), label=_("Products"), min_num=1, max_num=12)
    width = width_choice("text", "wide")

    class Meta:
        icon = "list-ul"
        template = "blocks/story_basket_block.html"
        label = _("Story basket")
        label_format = "{heading}"
        group = SHOP
        description = _("“Shop this recipe”: several products, some optional, added in one go.")

    def get_preview_value(self) -> Any:
        items = sample_choices(self.child_blocks["items"].child_block, 3)
        if items:
            items[-1] |= {"is_optional": True, "note": "If you like"}
        return self.normalize(
            {
                "heading": "Shop this recipe",
                "text": "All you need for two bowls.",
                "items": items,
            }
        )
