"""Choosing products in a block: always their pages, by id."""

from typing import Any

from django.utils.functional import cached_property
from wagtail import blocks

from products.blocks.product_chooser import ProductChooser


class ProductChooserBlock(blocks.PageChooserBlock):
    """Chooses a product page, with a dialog that shows products. The model is named, not imported:
    pages are built of these blocks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("page_type", "products.ProductPage")
        super().__init__(**kwargs)

    @cached_property
    def widget(self) -> ProductChooser:
        return ProductChooser()

    def get_form_state(self, value: Any) -> Any:
        return self.widget.get_value_data(value)

    def sample(self, number: int) -> list[Any]:
        """The newest live product pages, for a preview; those with a picture first."""
        pages = self.target_model.objects.live().order_by("-first_published_at")
        pictured = list(pages.filter(pictures__isnull=False).distinct()[:number])
        others = pages.exclude(pk__in=[page.pk for page in pictured])
        return pictured + list(others[: number - len(pictured)])


# The name in migrations, so that they do not depend on where the class stands in this package.
DECONSTRUCT_ALIASES = {ProductChooserBlock: "products.blocks.ProductChooserBlock"}
