"""Makes links of the menus as they are stored, with all their pages in one query.

A page that is not live, or not for everybody, falls out of its menu, and comes back with its title
of then when it is published again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.blocks import BoundBlock, StreamValue
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from shopsite.cms.models import NavigationSettings
from shopsite.lib.addresses import harmless_address

MAX_IN_A_ROW = 4  # As many links as stand side by side under the brand on a phone.
Target = tuple[str, str]  # The title and the address of a page.


@dataclass(frozen=True)
class NavigationLink:
    """`url` is empty for an entry that only opens its own links."""

    title: str
    url: str
    links: tuple["NavigationLink", ...] = ()


@dataclass(frozen=True)
class FooterColumn:
    """A list of links, or a block that is rendered by its own template."""

    heading: str = ""
    links: tuple[NavigationLink, ...] = ()
    block: BoundBlock | None = None


@dataclass(frozen=True)
class SocialProfile:
    network: str
    name: str
    url: str


@dataclass(frozen=True)
class Navigation:
    """`footer` is made of the pages of the site, and is empty where somebody arranged `columns`."""

    main: tuple[NavigationLink, ...] = ()
    footer: tuple[NavigationLink, ...] = ()
    columns: tuple[FooterColumn, ...] = ()
    social: tuple[SocialProfile, ...] = ()

    @property
    def folds(self) -> bool:
        """Whether a narrow screen shows the main menu behind a button: it is nested, or long."""
        return len(self.main) > MAX_IN_A_ROW or any(link.links for link in self.main)


def build_navigation(request: HttpRequest, site: Site) -> Navigation:
    """Three queries at most: the settings, the pages they name, the pages below the home page."""
    settings = NavigationSettings.load(request_or_site=request)
    main, footer = settings.main.get_prep_value(), settings.footer.get_prep_value()
    targets = _find_targets(request, set(_page_ids([*main, *footer])))
    resolve = _Resolver(targets)
    automatic = () if main and footer else _automatic_links(request, site)
    return Navigation(
        main=resolve.links(main) if main else tuple(one for shown, one in automatic if shown),
        footer=() if footer else tuple(one for _shown, one in automatic),
        columns=tuple(_columns(settings.footer, footer, resolve.links)),
        social=tuple(_profiles(settings.social)),
    )


@dataclass(frozen=True)
class _Resolver:
    targets: dict[int, Target]

    def links(self, items: Iterable[Any]) -> tuple[NavigationLink, ...]:
        return tuple(link for item in items if (link := self._link(_value(item))))

    def _link(self, value: dict[str, Any]) -> NavigationLink | None:
        page_id, text = value.get("page"), value.get("text") or ""
        below = self.links(value.get("links") or ())
        title, url = text, harmless_address(value.get("address") or "")
        if page_id:
            page_title, url = self.targets.get(page_id, ("", ""))
            title = text or page_title
        return NavigationLink(title, url, below) if title and (url or below) else None


def _find_targets(request: HttpRequest, page_ids: set[int]) -> dict[int, Target]:
    if not page_ids:
        return {}
    pages = _light(Page.objects.live().public().filter(pk__in=page_ids))
    return {page.pk: (page.title, page.get_url(request) or "") for page in pages}


def _automatic_links(request: HttpRequest, site: Site) -> tuple[tuple[bool, NavigationLink], ...]:
    """The pages below the home page in the tree's order, and whether the main menu has them."""
    pages = _light(Page.objects.live().public().child_of(site.root_page))
    return tuple(
        (page.show_in_menus, NavigationLink(page.title, page.get_url(request) or ""))
        for page in pages
    )


def _light(pages: PageQuerySet) -> PageQuerySet:
    return pages.only("id", "title", "url_path", "path", "depth", "show_in_menus")


def _columns(
    stream: StreamValue,
    stored: list[dict[str, Any]],
    links_of: Callable[[Iterable[Any]], tuple[NavigationLink, ...]],
) -> Iterator[FooterColumn]:
    for number, child in enumerate(stored):
        if child["type"] != "links":
            yield FooterColumn(block=stream[number])
        elif links := links_of(child["value"]["links"]):
            yield FooterColumn(heading=child["value"]["heading"], links=links)


def _profiles(stream: StreamValue) -> Iterator[SocialProfile]:
    for child in stream:
        value = child.value
        labels = dict(value.block.child_blocks["network"].field.choices)
        name = value["name"] or labels.get(value["network"], value["address"])
        yield SocialProfile(value["network"], str(name), harmless_address(value["address"]))


def _page_ids(items: Iterable[Any]) -> Iterator[int]:
    for item in items:
        value = _value(item)
        if page_id := value.get("page"):
            yield page_id
        yield from _page_ids(value.get("links") or ())


def _value(item: Any) -> dict[str, Any]:
    """What stands in a child of a list or a stream. Lists made by code may hold the bare values."""
    value: dict[str, Any] = item.get("value", item)
    return value
