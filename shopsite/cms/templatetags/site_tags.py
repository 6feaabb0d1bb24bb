"""Navigation for base.html: the same for every shopper and every page."""

from dataclasses import dataclass

from django import template
from wagtail.models import Page, Site

register = template.Library()


@dataclass(frozen=True)
class NavigationLink:
    title: str
    url: str


@dataclass(frozen=True)
class Navigation:
    """`main` is what editors ticked "Show in menus", `footer` everything below the home page."""

    main: tuple[NavigationLink, ...] = ()
    footer: tuple[NavigationLink, ...] = ()


@register.simple_tag(takes_context=True)
def site_navigation(context: template.Context) -> Navigation:
    """The live, public children of the home page, in the tree's order. One query for both menus."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Navigation()
    home = site.root_page
    pages = (
        Page.objects.live()
        .public()
        .child_of(home)
        .only("id", "title", "url_path", "path", "depth", "show_in_menus")
    )
    links = [
        (page.show_in_menus, NavigationLink(page.title, page.get_url(request) or ""))
        for page in pages
    ]
    return Navigation(
        main=tuple(link for is_in_menu, link in links if is_in_menu),
        footer=tuple(link for _is_in_menu, link in links),
    )
