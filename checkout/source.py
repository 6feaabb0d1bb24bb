"""Where a line of the cart comes from, as the form of a page or a block says.

A form is the same bytes for everybody and may come from a page that a cache or a tab has kept, so
it says itself which version of the page it stands in: what was read is what sold, not what has been
published since. All of it is looked up when it arrives; what is not true is left out.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import QueryDict
from wagtail.models import Page, Revision, get_default_page_content_type

from orders.sources import LineSource
from products.page_blocks import page_blocks, streams_of_page, streams_of_revision


def read_id(text: str) -> int | None:
    """The primary key that a form names; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def read_source(data: QueryDict) -> LineSource | None:
    """From the fields `page`, `revision` and `block`: None without a live page. A version that is
    none of this page's is its live one; a block that the version does not show is none. Four
    queries at most."""
    page_id = read_id(data.get("page", ""))
    page = Page.objects.live().filter(pk=page_id).first() if page_id is not None else None
    if page is None:
        return None
    revision = _revision(page, read_id(data.get("revision", "")))
    block_id = _block_id(data.get("block", ""))
    is_shown = block_id is not None and block_id in _shown_blocks(page, revision)
    return LineSource(
        page_id=page.pk,
        page_title=page.title,
        revision_id=revision.pk if revision else None,
        block_id=block_id if is_shown else None,
    )


def store_source(source: LineSource | None) -> dict[str, Any] | None:
    """As the session keeps it."""
    return asdict(source) if source else None


def restore_source(data: Any) -> LineSource | None:
    """From what the session kept, which may be of another version of the shop."""
    try:
        return LineSource(**data) if isinstance(data, Mapping) else None
    except TypeError:
        return None


def _revision(page: Page, asked: int | None) -> Revision | None:
    """The asked one, or else the live one; None for a page that was made without any."""
    found = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=str(page.pk),
        pk__in=[pk for pk in (asked, page.live_revision_id) if pk],
    )
    by_pk = {revision.pk: revision for revision in found}
    return by_pk.get(asked or 0) or by_pk.get(page.live_revision_id or 0)


def _shown_blocks(page: Page, revision: Revision | None) -> set[str]:
    streams = streams_of_revision(revision) if revision else streams_of_page(page.specific)
    return {one.id for one in page_blocks(streams)}


def _block_id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
