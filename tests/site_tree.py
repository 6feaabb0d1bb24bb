"""The pages that nearly every test begins with, and those of a new shop."""

from typing import TypeVar

from wagtail.models import Page, Site

from home.models import HomePage, LandingIndexPage, StoryIndexPage
from products.models import CollectionIndexPage, ProductIndexPage

AnyPage = TypeVar("AnyPage", bound=Page)


def build_site() -> HomePage:
    """Home, /shop/, /collections/, /stories/ and /campaigns/, in place of all pages there are."""
    home = _begin_anew(HomePage(title="Fern & Kettle", slug="home"), hostname="testserver")
    home.add_child(instance=ProductIndexPage(title="Shop", slug="shop", show_in_menus=True))
    home.add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    home.add_child(instance=StoryIndexPage(title="Stories", slug="stories", show_in_menus=True))
    home.add_child(instance=LandingIndexPage(title="Campaigns", slug="campaigns"))
    return home


def leave_welcome_page() -> None:
    """What Wagtail's migrations make: a page that welcomes, in place of all pages there are."""
    _begin_anew(Page(title="Welcome to your new Wagtail site!", slug="home"), hostname="localhost")


def _begin_anew(first: AnyPage, *, hostname: str) -> AnyPage:
    Page.objects.filter(depth=2).delete()
    page: AnyPage = Page.objects.get(depth=1).add_child(instance=first)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": hostname, "port": 80, "root_page": page}
    )
    return page
