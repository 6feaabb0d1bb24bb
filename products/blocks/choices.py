"""Which product a block shows, and what to do when that one cannot be bought."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from products.blocks.choosers import ProductChooserBlock
from products.fallbacks import BADGE, HIDE, SUBSTITUTE

WHEN_GONE = [
    (BADGE, gettext_lazy("Keep it and say so")),
    (HIDE, gettext_lazy("Leave it out")),
    (SUBSTITUTE, gettext_lazy("Show another product instead")),
]
FALLBACK_FIELDS = blocks.BlockGroup(
    ["when_gone", "substitute"],
    heading=gettext_lazy("When it cannot be bought"),
    classname="collapsed",
    icon="history",
)


class ProductChoiceBlock(blocks.StructBlock):
    """A product with its fallback. Also the base of blocks that show exactly one."""

    once_in_a_list = True  # A list of these shows no product twice.

    product = ProductChooserBlock(label=gettext_lazy("Product"))
    when_gone = blocks.ChoiceBlock(
        label=gettext_lazy("Then"),
        choices=WHEN_GONE,
        default=BADGE,
        search_index=False,
        help_text=gettext_lazy("What shoppers see while the product is sold out or not for sale."),
    )
    substitute = ProductChooserBlock(
        label=gettext_lazy("The other product"),
        required=False,
        help_text=gettext_lazy("Only for “Show another product instead”."),
    )

    class Meta:
        icon = "tag"
        label = gettext_lazy("Product")
        label_format = "{product}"
        form_layout = blocks.BlockGroup(["product", FALLBACK_FIELDS])

    def normalize(self, value: Any) -> Any:
        """Given without a fallback, as in a preview or in code, a product is kept."""
        if not isinstance(value, blocks.StructValue):
            value = {"when_gone": BADGE, "substitute": None, **value}
        return super().normalize(value)

    def empty_note(self, value: Any) -> str:
        """For blocks that show one product."""
        product = value.get("product")
        if product is None:
            return _("Shoppers see nothing here: the product is gone.")
        return _("Shoppers see nothing here: %s cannot be bought.") % product.title

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("when_gone") != SUBSTITUTE or self.is_deferred_validation:
            return cleaned
        substitute = cleaned.get("substitute")
        if substitute is None:
            message = _("Choose the product to show instead.")
        elif substitute == cleaned.get("product"):
            message = _("Choose another product than the one it stands in for.")
        else:
            return cleaned
        raise blocks.StructBlockValidationError({"substitute": ValidationError(message)})


def sample_choices(block: ProductChoiceBlock, number: int) -> list[dict[str, Any]]:
    """The newest live products with a picture first, for a preview of the block picker."""
    return [{"product": page} for page in block.child_blocks["product"].sample(number)]
