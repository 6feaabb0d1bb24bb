"""Streams as they are stored: which block points at what, and how to point it elsewhere.

Nothing here asks the database. A stored stream still names what was deleted since, which the
stream that a template sees does not; and many of them can be read without a query for each.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

DROP = object()  # What a change answers for an item that its list loses.


@dataclass(frozen=True)
class Leaf:
    """One block that holds no other, and its stored value.

    `path` is the content path that Wagtail's editor and reference index know it by: names of fields
    and ids of blocks. `top` is the block of the stream it stands in. `siblings` are the values of
    the list it is an item of, if it is; `beside` are those of the struct it is a field of.
    """

    block: blocks.Block
    value: Any
    path: tuple[str, ...]
    top: blocks.Block
    siblings: tuple[Any, ...] = ()
    beside: Mapping[str, Any] = data_field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def content_path(self) -> str:
        return ".".join(self.path)


Change = Callable[[Leaf], Any]


def leaves_of(field: models.Field, raw: Any) -> list[Leaf]:
    """All leaves of a stored stream, in reading order."""
    found: list[Leaf] = []

    def keep(leaf: Leaf) -> Any:
        found.append(leaf)
        return leaf.value

    changed_stream(field, raw, keep)
    return found


def changed_stream(field: models.Field, raw: Any, change: Change) -> list[dict[str, Any]]:
    """A copy of a stored stream in which each leaf has the value that `change` answers."""
    stream = field.stream_block  # type: ignore[attr-defined]
    return list(_changed_items(stream, raw or [], change, (field.name,), top=None))


def stored(value: Any) -> Any:
    """What a stream's value looks like in the database."""
    return value.get_prep_value() if isinstance(value, blocks.StreamValue) else value


def stored_json(value: Any) -> Any:
    """The same from the content of a revision, where a stream is JSON within JSON."""
    return json.loads(value) if isinstance(value, str) else value or []


def stream_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def rich_text_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, RichTextField)]


def blocks_within(block: blocks.Block) -> Iterator[blocks.Block]:
    """A block and all that can stand inside it."""
    yield block
    if isinstance(block, blocks.ListBlock):
        yield from blocks_within(block.child_block)
    for child in getattr(block, "child_blocks", {}).values():
        yield from blocks_within(child)


def block_at(field: models.Field, model_path: list[str]) -> blocks.Block | None:
    """The kind of block that stands at a model path of Wagtail's reference index, below a field."""
    block = getattr(field, "stream_block", None)
    for name in model_path:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(name)
    return block


def linked_pages(html: str) -> list[int]:
    """The pages that a rich text links to."""
    references = extract_references_from_rich_text(html or "")
    return [int(pk) for model, pk, _model_path, _path in references if issubclass(model, Page)]


def chooses(block: blocks.Block, model: type[models.Model]) -> bool:
    """Whether a block is a chooser of one kind of thing."""
    return isinstance(block, blocks.ChooserBlock) and issubclass(block.model_class, model)


def pages_of(leaf: Leaf) -> list[int]:
    """The pages that a leaf points at: one it chose, or those its text links to."""
    if chooses(leaf.block, Page):
        return [int(leaf.value)] if leaf.value else []
    if isinstance(leaf.block, blocks.RichTextBlock):
        return linked_pages(leaf.value)
    return []


def _changed_items(
    stream: blocks.StreamBlock,
    items: list[dict[str, Any]],
    change: Change,
    path: tuple[str, ...],
    *,
    top: blocks.Block | None,
) -> Iterator[dict[str, Any]]:
    for item in items:
        block = stream.child_blocks.get(item["type"])
        if block is None:  # A kind of block that the code no longer knows.
            yield item
            continue
        here = (*path, item.get("id") or "")
        yield {**item, "value": _changed(block, item["value"], change, here, top or block)}


def _changed(
    block: blocks.Block,
    raw: Any,
    change: Change,
    path: tuple[str, ...],
    top: blocks.Block,
    beside: Mapping[str, Any] | None = None,
) -> Any:
    if isinstance(block, blocks.StreamBlock):
        return list(_changed_items(block, raw or [], change, path, top=top))
    if isinstance(block, blocks.ListBlock):
        return list(_changed_list(block, raw or [], change, path, top))
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        if not isinstance(raw, dict | None):
            return raw  # An old version, from before the block had fields.
        values, changed = raw or {}, dict(raw or {})
        for name, child in block.child_blocks.items():
            value = _changed(child, values.get(name), change, (*path, name), top, values)
            if name in values or value:
                changed[name] = value
        return changed
    return change(Leaf(block, raw, path, top, beside=beside or {}))


def _changed_list(
    block: blocks.ListBlock,
    items: list[Any],
    change: Change,
    path: tuple[str, ...],
    top: blocks.Block,
) -> Iterator[Any]:
    child = block.child_block
    values = [item["value"] if _has_id(item) else item for item in items]
    for number, (item, value) in enumerate(zip(items, values, strict=True)):
        here = (*path, item["id"]) if _has_id(item) else path
        if isinstance(child, blocks.StreamBlock | blocks.ListBlock | blocks.StructBlock):
            new = _changed(child, value, change, here, top)
        else:
            siblings = tuple(values[:number] + values[number + 1 :])
            new = change(Leaf(child, value, here, top, siblings))
        if new is not DROP:
            yield {**item, "value": new} if _has_id(item) else new


def _has_id(item: Any) -> bool:
    """Lists once stored bare values; today each item has an id."""
    return isinstance(item, dict) and item.get("type") == "item" and "id" in item
