"""Drafts of the stories and landing pages that are not there yet, still without their blocks."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from wagtail.models import Page

from home.demo.build_tree import add_draft
from home.demo.identity import find_demo_page, translation_key_of
from home.demo.pictures import PICTURES, PictureShelf
from home.demo.shapes import DemoLandingPage, DemoStory
from home.models import LandingPage, StoryIndexPage, StoryPage


def build_stories(
    stories: Iterable[DemoStory],
    *,
    parent: StoryIndexPage,
    shelf: PictureShelf,
    user: User,
) -> list[tuple[StoryPage, DemoStory]]:
    made = []
    for demo in stories:
        if find_demo_page(demo.key) is None:
            page = StoryPage(
                title=demo.title,
                slug=demo.slug,
                translation_key=translation_key_of(demo.key),
                summary=demo.summary,
                search_description=demo.search_description,
                author_name=demo.author_name,
                cover=shelf.take(demo.cover),
                cover_alt=PICTURES[demo.cover],
            )
            page.tags.add(*demo.tags)
            made.append((add_draft(parent, page, user=user), demo))
    return made


def build_landing_pages(
    pages: Iterable[DemoLandingPage],
    *,
    parent: Page,
    shelf: PictureShelf,
    user: User,
) -> list[tuple[LandingPage, DemoLandingPage]]:
    made = []
    for demo in pages:
        if find_demo_page(demo.key) is None:
            page = LandingPage(
                title=demo.title,
                slug=demo.slug,
                translation_key=translation_key_of(demo.key),
                search_description=demo.search_description,
                share_image=shelf.take(demo.share_picture),
            )
            made.append((add_draft(parent, page, user=user), demo))
    return made
