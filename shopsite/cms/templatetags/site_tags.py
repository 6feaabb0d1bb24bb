"""Navigation for base.html: the same for every shopper and every page."""

from dataclasses import dataclass

from django import template
from wagtail.models import Page, Site

register = template.Library()


@dataclass(frozen=True)
class NavigationLink:
    title: str
    url: str


@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> list[NavigationLink]:
    """The live children of the home page that are ticked "Show in menus", in the tree's order."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    home = site.root_page
    pages = (
        Page.objects.live()
        .in_menu()
        .child_of(home)
        .only("id", "title", "url_path", "path", "depth")
    )
    return [NavigationLink(page.title, page.get_url(request) or "") for page in pages]
