"""Builds the demo shop: all of it or nothing, and only what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from home.demo.build_collections import build_collections
from home.demo.build_contact import build_forms, build_sections
from home.demo.build_menus import build_menus
from home.demo.build_orders import build_orders
from home.demo.build_products import build_products
from home.demo.build_settings import build_settings, build_shipping, build_taxes
from home.demo.build_stories import build_landing_pages, build_stories
from home.demo.build_tree import DemoTree, build_tree, publish
from home.demo.content.after_purchase import AFTER_PURCHASE
from home.demo.content.campaigns import HOME_BODY, HOME_SEARCH_DESCRIPTION, LANDING_PAGES
from home.demo.content.collections import COLLECTIONS
from home.demo.content.orders import ORDERS
from home.demo.content.shop import PRODUCTS
from home.demo.content.stories import STORIES
from home.demo.content.terms import TERMS
from home.demo.identity import find_demo_page
from home.demo.people import create_people
from home.demo.pictures import FOLDER, PictureShelf
from home.demo.shapes import DemoBlock, DemoCollection, DemoLandingPage, DemoProduct, DemoStory
from home.demo.streams import References, build_stream
from home.granting import create_roles
from home.models import HomePage, LandingPage, StoryPage
from home.template_seeds import create_landing_templates
from products.blocks import AfterPurchaseStreamBlock
from products.models import CollectionPage, ProductPage

PageWithBlocks = CollectionPage | HomePage | LandingPage | ProductPage | StoryPage
Content = DemoCollection | DemoLandingPage | DemoProduct | DemoStory


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
    collections = build_collections(
        COLLECTIONS, parent=tree.collections, shelf=shelf, user=marketer
    )
    references = References(find_page=partial(_find_page, tree), shelf=shelf)
    build_forms()
    build_sections(references, user=marketer)
    writer = _Writer(tree=tree, references=references)
    for product_page, product in products:
        writer.write(product_page, product, user=editor)
    for story_page, story in stories:
        writer.write(story_page, story, user=chief)
    for collection_page, collection in collections:
        writer.write(collection_page, collection, user=marketer)
    for landing_page, campaign in by_marketer:
        writer.write(landing_page, campaign, user=marketer)
    if tree.is_new:
        writer.write_home(user=people["admin"])
        terms = build_landing_pages((TERMS,), parent=tree.home, shelf=shelf, user=people["admin"])
        for terms_page, words in terms:
            writer.write(terms_page, words, user=people["admin"])
        build_settings(terms_page=find_demo_page(TERMS.key))
        build_menus()
    build_shipping()
    build_taxes()
    build_orders(ORDERS)
    create_landing_templates(user=marketer)
    has_new_pages = bool(products or stories or collections or by_marketer or tree.is_new)
    return DemoReport(has_new_pages=has_new_pages, notes=tuple(notes))


@dataclass(frozen=True)
class _Writer:
    """Fills drafts with their blocks and publishes them."""

    tree: DemoTree
    references: References

    def write(self, page: PageWithBlocks, demo: Content, *, user: User) -> None:
        # A date in the past, so that "newest first" has something to put in order.
        page.first_published_at = timezone.now() - timedelta(days=demo.days_ago)
        if isinstance(page, ProductPage):
            page.after_purchase = build_stream(
                AFTER_PURCHASE.get(demo.slug, ()),
                self.references,
                stream_block=AfterPurchaseStreamBlock,
                name="after-purchase",
            )
        self._publish(page, demo.body, user)

    def write_home(self, *, user: User) -> None:
        home = self.tree.home
        home.search_description = HOME_SEARCH_DESCRIPTION
        self._publish(home, HOME_BODY, user)

    def _publish(self, page: PageWithBlocks, body: Sequence[DemoBlock], user: User) -> None:
        page.body = build_stream(body, self.references)
        publish(page, user=user)


def _find_page(tree: DemoTree, key: str) -> int | None:
    branches = {"shop": tree.shop, "stories": tree.stories, "collections": tree.collections}
    page = branches.get(key) or find_demo_page(key)
    # None when an editor deleted it: an empty chooser is what Wagtail makes of that, too.
    return page.pk if page else None
