"""Choosing products in a block: always their pages, by id."""

from typing import Any

from wagtail import blocks


class ProductChooserBlock(blocks.PageChooserBlock):
    """Chooses a product page. The model is named, not imported: pages are built of these blocks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("page_type", "products.ProductPage")
        super().__init__(**kwargs)

    def sample(self, number: int) -> list[Any]:
        """The newest live product pages, for a preview."""
        return list(self.target_model.objects.live().order_by("-first_published_at")[:number])


# The name in migrations, so that they do not depend on where the class stands in this package.
DECONSTRUCT_ALIASES = {ProductChooserBlock: "products.blocks.ProductChooserBlock"}
