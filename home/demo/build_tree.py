"""The site and its branches: home, /shop/, /collections/, /stories/, /campaigns/."""

from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from wagtail.models import Page, Site

from home.demo.content.shop import BRAND, SHOP_INTRO, STORIES_INTRO
from home.models import HomePage, LandingIndexPage, StoryIndexPage
from products.models import CollectionIndexPage, ProductIndexPage

PageType = TypeVar("PageType", bound=Page)


@dataclass(frozen=True)
class DemoTree:
    """`is_new` says that the home page was made just now and has no content yet."""

    home: HomePage
    shop: ProductIndexPage
    collections: CollectionIndexPage
    stories: StoryIndexPage
    campaigns: LandingIndexPage
    is_new: bool


def build_tree(*, user: User) -> DemoTree:
    """Finds the branches of the site or makes them; a home page made here becomes the site's root
    in the place of Wagtail's welcome page. There is one page of each of these types."""
    home = HomePage.objects.first()
    is_new = home is None
    if home is None:
        title = str(BRAND["name"])
        home = add_draft(
            Page.get_first_root_node(), HomePage(title=title, slug="fern-and-kettle"), user=user
        )
        _make_root_of_site(home)
    else:
        _follow_site_url(home)
    return DemoTree(
        home=home,
        shop=_branch(home, _shop(), user=user),
        collections=_branch(home, _collections(), user=user),
        stories=_branch(home, _stories(), user=user),
        campaigns=_branch(home, _campaigns(), user=user),
        is_new=is_new,
    )


def add_draft(parent: Page, page: PageType, *, user: User) -> PageType:
    """Adds a page that is not published yet, and returns it. Its history begins with its owner."""
    page.live = False
    page.owner = user
    parent.add_child(instance=page)
    return page


def publish(page: Page, *, user: User) -> None:
    """Publishes what the page holds as a revision, so that its history shows it."""
    page.save_revision(user=user).publish(user=user)


def _shop() -> ProductIndexPage:
    return ProductIndexPage(
        title="Shop",
        slug="shop",
        intro=SHOP_INTRO,
        show_in_menus=True,
        search_description="Kettles, stoneware, tea and linen: everything Fern & Kettle sells.",
    )


def _collections() -> CollectionIndexPage:
    return CollectionIndexPage(
        title="Collections",
        slug="collections",
        search_description="Fern & Kettle by occasion and by kind.",
    )


def _stories() -> StoryIndexPage:
    return StoryIndexPage(
        title="Stories",
        slug="stories",
        intro=STORIES_INTRO,
        show_in_menus=True,
        search_description="Stories about tea, coffee and the things they are made with.",
    )


def _campaigns() -> LandingIndexPage:
    return LandingIndexPage(
        title="Campaigns",
        slug="campaigns",
        search_description="Gift ideas and seasonal tables from Fern & Kettle.",
    )


def _branch(home: HomePage, page: PageType, *, user: User) -> PageType:
    found = type(page).objects.first()
    if found is not None:
        return found
    add_draft(home, page, user=user)
    publish(page, user=user)
    return page


def _make_root_of_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    former = site.root_page if site.root_page_id else None
    site.hostname, site.port = _address()
    site.site_name = str(BRAND["name"])
    site.root_page = home
    site.save()
    # Wagtail's welcome page is the only plain Page there can be; nobody's work is deleted.
    if former is not None and former.specific_class is Page and not former.get_children():
        former.delete()


def _follow_site_url(home: HomePage) -> None:
    """The demo may start on another port than the last time; canonical links have to follow."""
    site = Site.objects.filter(is_default_site=True, root_page=home).first()
    if site is not None and (site.hostname, site.port) != _address():
        site.hostname, site.port = _address()
        site.save()


def _address() -> tuple[str, int]:
    parts = urlsplit(settings.SITE_URL)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)
