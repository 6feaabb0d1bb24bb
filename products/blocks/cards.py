"""Blocks that show products as cards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from products.blocks.choices import FALLBACK_FIELDS, ProductChoiceBlock, sample_choices
from products.blocks.wanted import ProductSource
from products.rule_blocks import RuleStreamBlock
from shopsite.cms.blocks import SHOP, ContentBlock, OptionalLinkBlock, width_choice

MAX_PRODUCTS = 24


class ProductCardBlock(ProductChoiceBlock, ContentBlock):
    note = blocks.CharBlock(
        label=_("Note"), max_length=120, required=False, help_text=_("Why it is here.")
    )
    width = width_choice("text", "wide")

    class Meta:
        icon = "tag"
        template = "blocks/product_card_block.html"
        label = _("Product card")
        group = SHOP
        description = _("One product with its picture, price and stock, always current.")
        form_layout = blocks.BlockGroup(["product", "note", FALLBACK_FIELDS])

    def get_preview_value(self) -> Any:
        pages = self.child_blocks["product"].sample(1)
        return self.normalize({"product": pages[0] if pages else None, "note": "Our favorite."})


class ProductGridBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    products = blocks.ListBlock(
        ProductChoiceBlock(),
        label=_("Products by hand"),
        min_num=0,
        max_num=MAX_PRODUCTS,
        help_text=_("They stand first, in this order."),
    )
    collection = blocks.PageChooserBlock(
        page_type="products.CollectionPage",
        label=_("Products of a collection"),
        required=False,
        help_text=_("They follow, in the order of the collection."),
    )
    rule = RuleStreamBlock(
        label=_("Products by rule"),
        required=False,
        help_text=_("They come last; new products join by themselves."),
    )
    limit = blocks.IntegerBlock(
        label=_("At most so many products"),
        min_value=1,
        max_value=MAX_PRODUCTS,
        default=8,
        help_text=_("Of all the ways above together."),
    )
    more_link = OptionalLinkBlock(label=_("Link to more"), required=False)
    width = None

    class Meta:
        icon = "grid"
        template = "blocks/product_grid_block.html"
        label = _("Product grid")
        label_format = "{heading}"
        group = SHOP
        width = "wide"
        description = _("Products chosen by hand, from a collection or by rule, always current.")

    def normalize(self, value: Any) -> Any:
        """Given with nothing but products, as in a preview or in code, those are shown."""
        if not isinstance(value, blocks.StructValue):
            value = {"collection": None, "rule": [], "limit": MAX_PRODUCTS, **value}
        return super().normalize(value)

    def clean(self, value: Any) -> Any:
        """The row for a first product that the editor offers may stay empty."""
        chosen = [row for row in value["products"].bound_blocks if row.value.get("product")]
        rows = ListValue(self.child_blocks["products"], bound_blocks=chosen)
        cleaned = super().clean(self.meta.value_class(self, {**value, "products": rows}))
        sources = (cleaned.get("products"), cleaned.get("collection"), cleaned.get("rule"))
        if any(sources) or self.is_deferred_validation:
            return cleaned
        error = ValidationError(_("Choose products, a collection or a rule."))
        raise blocks.StructBlockValidationError({"products": error})

    def product_source(self, value: Any) -> ProductSource | None:
        """What follows the products that were chosen by hand."""
        collection, rule = value.get("collection"), value.get("rule")
        selection = rule[0].value.selection if rule else None
        if collection is None and selection is None:
            return None
        return ProductSource(collection, selection, value.get("limit") or MAX_PRODUCTS)

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "heading": "For the tea table",
                "products": sample_choices(self.child_blocks["products"].child_block, 4),
                "more_link": {"text": "", "page": None, "address": ""},
            }
        )
