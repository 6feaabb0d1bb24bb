"""The facts of a page that the rules of readiness go by, also of a draft that was never saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from shopsite.cms.readiness import ContentFacts, LinkFacts, LinkState, PictureFacts
from shopsite.cms.stored_streams import (
    Leaf,
    leaves_of,
    pages_of,
    rich_text_fields,
    stored,
    stream_fields,
)
from shopsite.cms.text_links import linked_pages

MAIN_STREAM = "body"


@dataclass(frozen=True)
class Pointer:
    """A place of a page that points at another page."""

    path: str
    label: str
    page_id: int


def content_facts(page: Any) -> ContentFacts:
    """One query for any number of links."""
    leaves = leaves_of_page(page)
    return ContentFacts(
        has_description=bool(page.search_description.strip()),
        empty_body=_empty_body(page),
        pictures=[
            PictureFacts(leaf.content_path, str(leaf.top.label), _is_silent(leaf.value))
            for leaf in leaves
            if isinstance(leaf.block, ImageBlock)
        ],
        links=_links([*_pointers_of_leaves(leaves), *_pointers_of_fields(page)]),
    )


def leaves_of_page(page: Any) -> list[Leaf]:
    return [
        leaf
        for field in stream_fields(type(page))
        for leaf in leaves_of(field, stored(getattr(page, field.name)))
    ]


def _empty_body(page: Any) -> str:
    fields = [field.name for field in stream_fields(type(page))]
    return MAIN_STREAM if MAIN_STREAM in fields and not len(getattr(page, MAIN_STREAM)) else ""


def _is_silent(value: Any) -> bool:
    """`value` as ImageBlock stores it; without a picture there is nothing to say."""
    if not isinstance(value, dict) or not value.get("image"):
        return False
    return not value.get("decorative") and not (value.get("alt_text") or "").strip()


def _pointers_of_leaves(leaves: list[Leaf]) -> Iterator[Pointer]:
    for leaf in leaves:
        for page_id in pages_of(leaf):
            yield Pointer(leaf.content_path, str(leaf.top.label), page_id)


def _pointers_of_fields(page: Any) -> Iterator[Pointer]:
    for field in rich_text_fields(type(page)):
        for page_id in linked_pages(getattr(page, field.name)):
            yield Pointer(field.name, _label(field), page_id)
    yield from _chosen_pages(page)
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        for child in getattr(page, name).all():
            for pointer in _chosen_pages(child):
                yield Pointer(name, pointer.label, pointer.page_id)


def _chosen_pages(instance: models.Model) -> Iterator[Pointer]:
    for field in instance._meta.get_fields():
        if not isinstance(field, models.ForeignKey) or not _points_at_a_page(field):
            continue
        page_id = getattr(instance, field.attname)
        if page_id:
            yield Pointer(field.name, _label(field), page_id)


def _points_at_a_page(field: Any) -> bool:
    """A choice of the editor's, and not how a page belongs to its own tables."""
    if not issubclass(field.related_model, Page) or isinstance(field, ParentalKey):
        return False
    return not field.remote_field.parent_link and field.name != "alias_of"


def _label(field: Any) -> str:
    return str(capfirst(field.verbose_name))


def _links(pointers: list[Pointer]) -> list[LinkFacts]:
    rows = Page.objects.filter(pk__in={pointer.page_id for pointer in pointers})
    pages = {pk: (title, live) for pk, title, live in rows.values_list("pk", "title", "live")}
    found = []
    for pointer in pointers:
        title, live = pages.get(pointer.page_id, ("", None))
        found.append(LinkFacts(pointer.path, pointer.label, title, _state(live)))
    return found


def _state(live: bool | None) -> LinkState:
    if live is None:
        return "deleted"
    return "live" if live else "unpublished"
