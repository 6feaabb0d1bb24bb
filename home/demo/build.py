"""Builds the demo shop: all of it or nothing, and only what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from home.demo.build_products import build_products
from home.demo.build_settings import build_settings, build_shipping_methods
from home.demo.build_stories import build_landing_pages, build_stories
from home.demo.build_tree import DemoTree, build_tree, publish
from home.demo.content.campaigns import HOME_BODY, HOME_SEARCH_DESCRIPTION, LANDING_PAGES
from home.demo.content.shop import PRODUCTS
from home.demo.content.stories import STORIES
from home.demo.content.terms import TERMS
from home.demo.identity import find_demo_page
from home.demo.people import create_people
from home.demo.pictures import FOLDER, PictureShelf
from home.demo.shapes import DemoBlock, DemoLandingPage, DemoProduct, DemoStory
from home.demo.streams import build_stream
from home.models import HomePage, LandingPage, StoryPage
from home.roles import create_roles
from home.template_seeds import create_landing_templates
from products.models import ProductPage

PageWithBlocks = HomePage | LandingPage | ProductPage | StoryPage
Content = DemoLandingPage | DemoProduct | DemoStory


@dataclass(frozen=True)
class DemoReport:
    """Whether any page was made; `notes` are sentences about what could not be done."""

    has_new_pages: bool
    notes: tuple[str, ...]


@transaction.atomic
def build_demo(*, picture_folder: Path = FOLDER) -> DemoReport:
    """Makes groups, people, settings and every page that is missing; changes nothing that is there.

    Pages are made as drafts first, so that their blocks can point at each other, and published
    with their blocks in a second round, each by the person whose work it would be.
    """
    create_roles()
    people = create_people()
    tree = build_tree(user=people["admin"])
    notes = create_roles()  # Once more: the rights on branches need the branches.
    shelf = PictureShelf(picture_folder)
    editor, chief, marketer = people["editor"], people["chief"], people["marketer"]
    products = build_products(PRODUCTS, shop=tree.shop, shelf=shelf, user=editor)
    stories = build_stories(STORIES, parent=tree.stories, shelf=shelf, user=editor)
    by_marketer = build_landing_pages(
        LANDING_PAGES, parent=tree.campaigns, shelf=shelf, user=marketer
    )
    writer = _Writer(tree=tree, shelf=shelf)
    for product_page, product in products:
        writer.write(product_page, product, user=editor)
    for story_page, story in stories:
        writer.write(story_page, story, user=chief)
    for landing_page, campaign in by_marketer:
        writer.write(landing_page, campaign, user=marketer)
    if tree.is_new:
        writer.write_home(user=people["admin"])
        terms = build_landing_pages((TERMS,), parent=tree.home, shelf=shelf, user=people["admin"])
        for terms_page, words in terms:
            writer.write(terms_page, words, user=people["admin"])
        build_settings(terms_page=find_demo_page(TERMS.key))
    build_shipping_methods()
    create_landing_templates(user=marketer)
    has_new_pages = bool(products or stories or by_marketer or tree.is_new)
    return DemoReport(has_new_pages=has_new_pages, notes=tuple(notes))


@dataclass(frozen=True)
class _Writer:
    """Fills drafts with their blocks and publishes them."""

    tree: DemoTree
    shelf: PictureShelf

    def write(self, page: PageWithBlocks, demo: Content, *, user: User) -> None:
        # A date in the past, so that "newest first" has something to put in order.
        page.first_published_at = timezone.now() - timedelta(days=demo.days_ago)
        self._publish(page, demo.body, user)

    def write_home(self, *, user: User) -> None:
        home = self.tree.home
        home.search_description = HOME_SEARCH_DESCRIPTION
        self._publish(home, HOME_BODY, user)

    def _publish(self, page: PageWithBlocks, body: Sequence[DemoBlock], user: User) -> None:
        page.body = build_stream(body, find_page=self._find_page, shelf=self.shelf)
        publish(page, user=user)

    def _find_page(self, key: str) -> int | None:
        branches = {"shop": self.tree.shop, "stories": self.tree.stories}
        page = branches.get(key) or find_demo_page(key)
        # None when an editor deleted it: an empty chooser is what Wagtail makes of that, too.
        return page.pk if page else None
