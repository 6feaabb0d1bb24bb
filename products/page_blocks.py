"""The blocks that a page shows, as they are stored: its own, and those of its sections.

A block keeps its id when it is moved or rewritten, so an id that is written down elsewhere names
the same block as long as somebody keeps it in the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Page, Revision

from products.blocks import SectionBlock
from products.models import Section
from shopsite.cms.stored_streams import stored, stored_json, stream_fields

NAME_LENGTH = 80


@dataclass(frozen=True)
class StoredStream:
    block: blocks.StreamBlock
    items: list[dict[str, Any]]


@dataclass(frozen=True)
class PageBlock:
    """`number` counts the blocks of its stream from one; `section` is the title of the section it
    stands in."""

    id: str
    block: blocks.Block
    value: Any
    number: int
    section: str = ""

    def field(self, name: str) -> Any:
        return self.value.get(name) if isinstance(self.value, dict) else None


def streams_of_page(page: Page) -> list[StoredStream]:
    """Of a specific page, as it is in the database."""
    return [
        StoredStream(field.stream_block, stored(getattr(page, field.name)))  # type: ignore[attr-defined]
        for field in stream_fields(type(page))
    ]


def streams_of_revision(revision: Revision) -> list[StoredStream]:
    """Of a version of a page. None for a type of page that the code no longer knows."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return [
        StoredStream(field.stream_block, stored_json(revision.content.get(field.name)))  # type: ignore[attr-defined]
        for field in (stream_fields(model) if model else [])
    ]


def page_blocks(streams: Iterable[StoredStream]) -> list[PageBlock]:
    """In reading order; what stands in a section follows it. One query, if there are sections."""
    own = [one for stream in streams for one in _blocks_of(stream)]
    wanted = {one.field("section") for one in own if isinstance(one.block, SectionBlock)}
    sections = Section.objects.in_bulk(wanted - {None}) if wanted else {}
    found: list[PageBlock] = []
    for one in own:
        found.append(one)
        section = sections.get(one.field("section"))
        if section is not None and isinstance(one.block, SectionBlock):
            stream = StoredStream(section.body.stream_block, stored(section.body))
            found += _blocks_of(stream, section=section.title)
    return found


def block_names(found: Iterable[PageBlock]) -> dict[str, str]:
    """What people call each block, by its id: its kind with its heading, the product it sells, or
    its place. One query, if there are products."""
    found = list(found)
    wanted = {one.field("product") for one in found} - {None}
    pages = Page.objects.filter(pk__in=wanted) if wanted else Page.objects.none()
    titles = dict(pages.values_list("pk", "title"))
    return {one.id: _name(one, titles.get(one.field("product"), "")) for one in found}


def _blocks_of(stream: StoredStream, *, section: str = "") -> Iterator[PageBlock]:
    for number, item in enumerate(stream.items, start=1):
        block = stream.block.child_blocks.get(item["type"])
        if block is not None and item.get("id"):
            yield PageBlock(item["id"], block, item["value"], number, section)


def _name(one: PageBlock, product: str) -> str:
    words = str(one.field("heading") or product)[:NAME_LENGTH]
    if words:
        name = _("%(kind)s: %(words)s") % {"kind": one.block.label, "words": words}
    else:
        name = _("%(kind)s, block %(number)d") % {"kind": one.block.label, "number": one.number}
    if not one.section:
        return name
    return _("%(name)s, in the section “%(section)s”") % {"name": name, "section": one.section}
