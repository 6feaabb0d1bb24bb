"""Links to pages in rich text as it is stored."""

import re
from collections.abc import Callable
from typing import NamedTuple

from wagtail.rich_text.rewriters import extract_attrs

# Stored text has no bare "<" in an attribute, and no link in a link. So neither part runs past the
# next tag, and a text of nothing but beginnings takes no longer than any other.
LINK = re.compile(r"<a\b([^<>]*)>((?:[^<]|<(?!/?a\b))*)</a>")
ID = re.compile(r'(?<![\w-])id="[^"]*"')


class PageLink(NamedTuple):
    """`words` are the HTML between its tags."""

    page_id: int
    words: str


def linked_pages(html: str | None) -> list[int]:
    """The pages that a rich text links to, in reading order."""
    found = (page_id_of(match[1]) for match in LINK.finditer(html or ""))
    return [page_id for page_id in found if page_id is not None]


def relinked(html: str, change: Callable[[PageLink], PageLink]) -> str:
    """The same text with each link to a page as `change` answers; all else stays to the letter."""

    def new_link(match: re.Match[str]) -> str:
        page_id = page_id_of(match[1])
        if page_id is None:
            return match[0]
        link = change(PageLink(page_id, match[2]))
        attributes = ID.sub(f'id="{link.page_id}"', match[1])
        return f"<a{attributes}>{link.words}</a>"

    return LINK.sub(new_link, html)


def page_id_of(attributes: str) -> int | None:
    """The page that the attributes of a stored link name, if it leads to a page."""
    found = extract_attrs(attributes)
    page_id = found.get("id", "")
    return int(page_id) if found.get("linktype") == "page" and page_id.isdecimal() else None
