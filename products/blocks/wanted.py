"""What a stream tells its templates beforehand: which product pages they may ask for."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from products.rules import Selection

CONTEXT_NAME = "wanted_products"


@dataclass(frozen=True)
class ProductSource:
    """A collection, a rule or both: products that nobody named one by one."""

    collection: Page | None
    selection: Selection | None
    limit: int


@dataclass
class WantedProducts:
    """Page ids and sources, and what the first template that asks finds out of all of them."""

    page_ids: set[int] = field(default_factory=set)
    sources: set[ProductSource] = field(default_factory=set)
    shelf: Any = None

    def add(self, stream: StreamValue) -> None:
        """All that the blocks of a stream may ask for, and those of streams inside it."""
        for child in stream:
            self.page_ids |= page_ids_of(child)
            source = getattr(child.block, "product_source", lambda _value: None)(child.value)
            if source is not None:
                self.sources.add(source)
            for nested in child.block.nested_streams(child.value):
                self.add(nested)


def page_ids_of(child: Any) -> set[int]:
    """The pages that a block names, in choosers and in links of texts. Which of them sell something
    is seen when they are read."""
    references = child.block.extract_references(child.value)
    return {
        int(object_id)
        for model, object_id, *_path in references
        if issubclass(model, Page) and str(object_id).isdecimal()
    }
