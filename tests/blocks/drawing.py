"""Draws one block as a page of the shop would."""

import re
from typing import Any

from django.test import RequestFactory
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from products.blocks import StoryStreamBlock

NO_LINK = {"text": "", "page": None, "address": ""}


def block_of(name: str) -> Any:
    return StoryStreamBlock().child_blocks[name]


def draw(
    name: str, value: dict[str, Any], *, page: Page | None = None, is_preview: bool = False
) -> str:
    request = RequestFactory().get("/")
    request.is_preview = is_preview
    block = block_of(name)
    context = {"request": request, "page": page}
    return re.sub(r"\s+", " ", str(block.render(block.normalize(value), context=context)))


def draw_stream(*blocks: tuple[str, dict[str, Any]]) -> str:
    """Several blocks as a page shows them: what they need of products is read together."""
    stream = StoryStreamBlock().normalize(list(blocks))
    return str(stream.render_as_block({"request": RequestFactory().get("/"), "page": None}))


def errors_of(name: str, value: dict[str, Any]) -> dict[str, str]:
    """What the editor is told at each field; empty when the value may be saved."""
    block = block_of(name)
    try:
        block.clean(block.normalize(value))
    except StructBlockValidationError as error:
        return {field: " ".join(one.messages) for field, one in error.block_errors.items()}
    return {}
