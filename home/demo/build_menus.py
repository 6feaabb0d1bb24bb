"""The menus of header and footer, and where else the shop can be met."""

from collections.abc import Mapping, Sequence
from typing import Any

from home.demo.content.menus import FOOTER_LINKS, FOOTER_NEWSLETTER, FOOTER_TEXT, MAIN_MENU, SOCIAL
from home.demo.identity import find_demo_page
from home.models import StoryIndexPage
from products.models import CollectionIndexPage, ProductIndexPage
from shopsite.cms.models import NavigationSettings

BRANCHES = {
    "shop": ProductIndexPage,
    "stories": StoryIndexPage,
    "collections": CollectionIndexPage,
}


def build_menus() -> None:
    """Writes all menus; only for a shop that is being built, since it overwrites them."""
    settings = NavigationSettings.load()
    settings.main = _stream(settings.main, [("item", _item(*entry)) for entry in MAIN_MENU])
    columns: list[tuple[str, Mapping[str, Any]]] = [
        ("links", {"heading": heading, "links": _links(keys)}) for heading, keys in FOOTER_LINKS
    ]
    columns += [("text", FOOTER_TEXT), ("newsletter", FOOTER_NEWSLETTER)]
    settings.footer = _stream(settings.footer, columns)
    settings.social = _stream(settings.social, [("profile", profile) for profile in SOCIAL])
    settings.full_clean()
    settings.save()


def _stream(empty: Any, blocks: Sequence[tuple[str, Mapping[str, Any]]]) -> Any:
    raw = [{"type": name, "value": dict(value)} for name, value in blocks]
    return empty.stream_block.to_python(raw)


def _item(key: str, below: Sequence[str]) -> dict[str, Any]:
    return {**_link(key), "links": _links(below)}


def _links(keys: Sequence[str]) -> list[dict[str, Any]]:
    return [_link(key) for key in keys]


def _link(key: str) -> dict[str, Any]:
    page = BRANCHES[key].objects.first() if key in BRANCHES else find_demo_page(key)
    return {"page": page.pk if page else None, "address": "", "text": ""}
