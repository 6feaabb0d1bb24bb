"""One product put in the place of another in stored streams and texts. Pure: asks no database."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import escape
from wagtail import blocks

from products.models import ProductPage
from products.selling_blocks import (
    KEEP,
    PRODUCT,
    SUBSTITUTE,
    WHEN_GONE,
    is_product_chooser,
)
from shopsite.cms.stored_streams import DROP, Leaf, changed_stream
from shopsite.cms.text_links import PageLink, relinked


@dataclass
class Replacement:
    """One product page for another, and what was done so far.

    `count` are the places; `kept_words` those of them that are links whose words were written by
    somebody and stay. A link whose words are the old product's name is called as the new one.
    """

    old_id: int
    new_id: int
    old_title: str
    new_title: str
    count: int = 0
    kept_words: int = 0

    def in_stream(self, field: models.Field, raw: Any) -> list[dict[str, Any]]:
        """A stored stream after the change. Raises TooFewItems when a list that shows both would
        be left with fewer products than it needs."""
        return changed_stream(field, raw, self._changed)

    def in_text(self, html: str) -> str:
        """Rich text with its links to the old product leading to the new one."""
        return relinked(html, self._relinked)

    def _changed(self, leaf: Leaf) -> Any:
        if isinstance(leaf.block, blocks.RichTextBlock):
            return self.in_text(leaf.value) if leaf.value else leaf.value
        is_chosen = can_choose_product(leaf.block) and leaf.value == self.old_id
        if is_chosen:
            self.count += 1
            self.kept_words += not is_product_chooser(leaf.block)
        if self._stands_in_for_itself(leaf):
            return KEEP if leaf.name == WHEN_GONE else None
        if not is_chosen:
            return leaf.value
        return DROP if self._is_there_already(leaf) else self.new_id

    def _relinked(self, link: PageLink) -> PageLink:
        if link.page_id != self.old_id:
            return link
        self.count += 1
        if self.old_title and link.words == escape(self.old_title):
            return PageLink(self.new_id, escape(self.new_title))
        self.kept_words += 1
        return PageLink(self.new_id, link.words)

    def _is_there_already(self, leaf: Leaf) -> bool:
        """Whether a list that shows each product once has the new one, or gets it by this change
        further up. What the editor said of it there, such as how many, is what stays."""
        if leaf.struct is not None and not (leaf.name == PRODUCT and _once_in_a_list(leaf.struct)):
            return False
        return self.new_id in leaf.siblings or self.old_id in leaf.before

    def _stands_in_for_itself(self, leaf: Leaf) -> bool:
        """Whether a fallback would name the product that it is the fallback of after the swap."""
        if leaf.name not in (WHEN_GONE, SUBSTITUTE) or not leaf.beside.get(SUBSTITUTE):
            return False
        shown = {leaf.beside.get(PRODUCT), leaf.beside[SUBSTITUTE]}
        return shown <= {self.old_id, self.new_id} and self.old_id in shown


def can_choose_product(block: blocks.Block) -> bool:
    """A chooser of products, or of pages of any kind, as a button has it."""
    return isinstance(block, blocks.ChooserBlock) and issubclass(ProductPage, block.model_class)


def _once_in_a_list(block: blocks.StructBlock) -> bool:
    return bool(getattr(block, "once_in_a_list", False))
