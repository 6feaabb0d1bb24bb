"""Turns the demo's blocks into what a StreamField holds."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import StreamValue

from home.demo.pictures import PICTURES, PictureShelf
from home.demo.shapes import DemoBlock, PageRef, PictureRef
from products.blocks import StoryStreamBlock

PageFinder = Callable[[str], int | None]


def build_stream(
    blocks: Iterable[DemoBlock], *, find_page: PageFinder, shelf: PictureShelf
) -> StreamValue:
    """`find_page` gives the id of the page with a key, or None; pictures come from the shelf."""
    raw = [
        {"type": block.type, "value": _resolve(block.value, find_page, shelf), "id": _id(number)}
        for number, block in enumerate(blocks)
    ]
    return StoryStreamBlock().to_python(raw)


def _resolve(value: Any, find_page: PageFinder, shelf: PictureShelf) -> Any:
    if isinstance(value, PageRef):
        return find_page(value.key)
    if isinstance(value, PictureRef):
        image = shelf.take(value.name)
        return {"image": image.pk, "decorative": False, "alt_text": PICTURES[value.name]}
    if isinstance(value, dict):
        return {name: _resolve(part, find_page, shelf) for name, part in value.items()}
    if isinstance(value, list):
        return [_resolve(part, find_page, shelf) for part in value]
    return value


def _id(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"block-{number}"))
