"""Drafts of the collections that are not there yet."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from taggit.models import Tag
from wagtail.models import Page

from home.demo.build_tree import add_draft
from home.demo.identity import find_demo_page, translation_key_of
from home.demo.pictures import PICTURES, PictureShelf
from home.demo.shapes import DemoCollection
from products.models import CollectionPage, CollectionPick, ProductType


def build_collections(
    collections: Iterable[DemoCollection], *, parent: Page, shelf: PictureShelf, user: User
) -> list[tuple[CollectionPage, DemoCollection]]:
    """A collection follows the one it lies in; one whose parent was deleted is left out."""
    made: list[tuple[CollectionPage, DemoCollection]] = []
    for demo in collections:
        # Not read anew: the parent that is saved later must know of its child.
        new = {other.slug: page for page, other in made}
        above = new.get(demo.parent) or find_demo_page(f"collections/{demo.parent}")
        place = above if demo.parent else parent
        if place is None or find_demo_page(demo.key) is not None:
            continue
        page = CollectionPage(
            title=demo.title,
            slug=demo.slug,
            translation_key=translation_key_of(demo.key),
            intro=demo.intro,
            search_description=demo.search_description,
            cover=shelf.take(demo.cover),
            cover_alt=PICTURES[demo.cover],
        )
        page.rule = page.rule.stream_block.to_python([{"type": "rule", "value": _rule(demo)}])
        page.picks.add(*_picks(demo))
        made.append((add_draft(place, page, user=user), demo))
    return made


def _picks(demo: DemoCollection) -> list[CollectionPick]:
    pages = [find_demo_page(f"shop/{slug}") for slug in demo.picks]
    return [
        CollectionPick(product_page_id=page.pk, sort_order=number)
        for number, page in enumerate(pages)
        if page is not None
    ]


def _rule(demo: DemoCollection) -> dict[str, Any]:
    return {
        "product_types": _keys(ProductType.objects.filter(code__in=demo.types)),
        "tags": _keys(Tag.objects.filter(name__in=demo.tags)),
        "price_max": demo.price_max,
        "in_stock": demo.in_stock,
    }


def _keys(records: Any) -> list[int]:
    return list(records.values_list("pk", flat=True))
