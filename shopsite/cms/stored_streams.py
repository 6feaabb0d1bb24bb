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

from shopsite.cms.text_links import linked_pages

DROP = object()  # What a change answers when the nearest list or stream loses the item it is in.


class TooFewItems(Exception):
    """A list would lose more items than it may. `top` is the block of the stream it stands in."""

    def __init__(self, top: blocks.Block) -> None:
        super().__init__(str(top.label))
        self.top = top


@dataclass(frozen=True)
class Leaf:
    """One block that holds no other, and its stored value.

    `path` is the content path that Wagtail's editor and reference index know it by: names of fields
    and ids of blocks. `top` is the block of the stream it stands in. `struct` is the block it is a
    field of, if it is, and `beside` the values there. `before` and `after` are the values of the
    other items of its list; those of the same field when its struct is what the list is of.
    """

    block: blocks.Block
    value: Any
    path: tuple[str, ...]
    top: blocks.Block
    struct: blocks.StructBlock | None = None
    beside: Mapping[str, Any] = data_field(default_factory=dict)
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def siblings(self) -> tuple[Any, ...]:
        return self.before + self.after

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
    """A copy of a stored stream in which each leaf has the value that `change` answers. Raises
    TooFewItems when a list would fall below what it needs by what was dropped."""
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
        value = _changed(Leaf(block, item["value"], here, top or block), change)
        if value is not DROP:
            yield {**item, "value": value}


def _changed(at: Leaf, change: Change) -> Any:
    """What stands at a place of the stream, which is no leaf yet, after the change."""
    block, raw = at.block, at.value
    if isinstance(block, blocks.StreamBlock):
        return list(_changed_items(block, raw or [], change, at.path, top=at.top))
    if isinstance(block, blocks.ListBlock):
        return _changed_list(block, raw or [], change, at)
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        return _changed_struct(block, raw, change, at)
    return change(at)


def _changed_struct(block: blocks.StructBlock, raw: Any, change: Change, at: Leaf) -> Any:
    if not isinstance(raw, dict | None):
        return raw  # An old version, from before the block had fields.
    values, changed = raw or {}, dict(raw or {})
    for name, child in block.child_blocks.items():
        field = Leaf(
            child,
            values.get(name),
            (*at.path, name),
            at.top,
            struct=block,
            beside=values,
            before=_of_field(at.before, name),
            after=_of_field(at.after, name),
        )
        value = _changed(field, change)
        if value is DROP:
            return DROP
        if name in values or value:
            changed[name] = value
    return changed


def _changed_list(block: blocks.ListBlock, items: list[Any], change: Change, at: Leaf) -> list[Any]:
    values = [item["value"] if _has_id(item) else item for item in items]
    kept = []
    for number, (item, value) in enumerate(zip(items, values, strict=True)):
        here = (*at.path, item["id"]) if _has_id(item) else at.path
        before, after = tuple(values[:number]), tuple(values[number + 1 :])
        place = Leaf(block.child_block, value, here, at.top, before=before, after=after)
        new = _changed(place, change)
        if new is not DROP:
            kept.append({**item, "value": new} if _has_id(item) else new)
    if len(kept) < min(len(items), block.meta.min_num or 0):
        raise TooFewItems(at.top)
    return kept


def _of_field(values: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    return tuple(value.get(name) for value in values if isinstance(value, dict))


def _has_id(item: Any) -> bool:
    """Lists once stored bare values; today each item has an id."""
    return isinstance(item, dict) and item.get("type") == "item" and "id" in item
