"""What stands in the streams of a page, without rendering them."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText, get_text_for_indexing

from shopsite.cms.models import ShopImage
from shopsite.lib.schema_org import Thing


def page_values(page: Page) -> Iterator[Any]:
    """Every value in the streams that the page shows, the outer before what stands in it."""
    private = getattr(page, "private_streams", ())
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in private:
            yield from walk(getattr(page, field.name))


def walk(value: Any) -> Iterator[Any]:
    """The value and all that stands in it, but for blocks that are not to be seen now."""
    if not getattr(value, "is_shown_now", True):
        return
    yield value
    for child in _children(value):
        yield from walk(child)


def first_picture(page: Page) -> ShopImage | None:
    return next((value for value in page_values(page) if isinstance(value, ShopImage)), None)


def first_words(page: Page) -> str:
    """The first paragraphs of the page as plain text."""
    texts = (
        plain_words(value.source) for value in page_values(page) if isinstance(value, RichText)
    )
    return next(filter(None, texts), "")


def plain_words(html: str) -> str:
    """Rich text without its tags, on one line."""
    return " ".join(get_text_for_indexing(html).split())


def block_things(page: Page) -> list[Thing]:
    """What the page's blocks say of themselves in the words of schema.org.

    A block takes part by a value class with a method `structured_data()` that returns a thing (see
    shopsite.lib.schema_org) or None; the blocks inside it are asked as well.
    """
    things = []
    for value in page_values(page):
        describe = getattr(type(value), "structured_data", None)
        thing = describe(value) if describe else None
        if thing:
            things.append(thing)
    return things


def _children(value: Any) -> Iterator[Any]:
    match value:
        case StreamValue():
            yield from (child.value for child in value)
        case ListValue():
            yield from value
        case StructValue():
            yield from value.values()
