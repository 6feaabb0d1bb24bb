"""Where a line of the cart comes from, as the form of a page or a block says."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict


@dataclass(frozen=True)
class LineSource:
    page_id: int | None
    block_id: str | None


def read_source(data: QueryDict) -> LineSource:
    """From the fields `page` and `block`. What is no page id and no block id is nothing."""
    return LineSource(read_id(data.get("page", "")), _block_id(data.get("block", "")))


def read_id(text: str) -> int | None:
    """The primary key that a form names; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _block_id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
