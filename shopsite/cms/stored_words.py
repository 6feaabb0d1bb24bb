"""How much there is to read on a page, of its streams as they are stored: nothing here asks the
database."""

from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import CharBlock, RichTextBlock, TextBlock

from shopsite.cms.page_facts import leaves_of_page


def count_words(page: Any) -> int:
    """The words that readers see; names of products and pages, which come from elsewhere, are not
    among them."""
    return sum(_words(leaf.block, leaf.value) for leaf in leaves_of_page(page))


def _words(block: Any, raw: Any) -> int:
    if not raw or not isinstance(block, CharBlock | TextBlock | RichTextBlock):
        return 0
    # The end of a paragraph is the end of a word, too.
    return len(strip_tags(raw.replace("<", " <")).split()) if block.search_index else 0
