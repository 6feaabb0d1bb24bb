"""Drafts that wait beside a live version, read as they are stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from shopsite.cms.place_words import Use
from shopsite.cms.reference_sources import draft_models
from shopsite.cms.stored_streams import (
    leaves_of,
    pages_of,
    rich_text_fields,
    stored_json,
    stream_fields,
)
from shopsite.cms.text_links import linked_pages


@dataclass(frozen=True)
class Draft:
    """`key` is how the reference index names the object; `uses` are empty when the draft does not
    show what was asked for."""

    key: tuple[int, str]
    uses: tuple[Use, ...]


def pending_drafts(*, page_ids: Collection[int]) -> list[Draft]:
    """One query for pages and one for each kind of snippet with drafts."""
    return [
        Draft((revision.base_content_type_id, revision.object_id), tuple(uses))
        for revision in _waiting_revisions()
        for uses in [list(_uses_in(revision, page_ids))]
    ]


def _waiting_revisions() -> Iterator[Revision]:
    for model in draft_models():
        waiting = model._default_manager.filter(live=True, has_unpublished_changes=True)
        yield from Revision.objects.filter(pk__in=waiting.values("latest_revision_id"))


def _uses_in(revision: Revision, page_ids: Collection[int]) -> Iterator[Use]:
    content_type = ContentType.objects.get_for_id(revision.content_type_id)
    model, content = content_type.model_class(), revision.content
    if model is None:
        return
    for field in stream_fields(model):
        for leaf in leaves_of(field, stored_json(content.get(field.name))):
            if not set(page_ids).isdisjoint(pages_of(leaf)):
                yield Use(_labels(field, leaf.top), leaf.content_path)
    for field in rich_text_fields(model):
        if not set(page_ids).isdisjoint(linked_pages(content.get(field.name) or "")):
            yield Use(str(capfirst(field.verbose_name)), field.name)
    yield from _chosen(model, content, page_ids)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        for child in content.get(name) or ():
            for use in _chosen(relation.related_model, child, page_ids):
                yield Use(use.label, name)


def _chosen(
    model: type[models.Model], content: dict[str, Any], page_ids: Collection[int]
) -> Iterator[Use]:
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
            continue
        if issubclass(field.related_model, Page) and content.get(field.name) in page_ids:
            yield Use(str(capfirst(field.verbose_name)), field.name)


def _labels(field: Any, block: Any) -> str:
    """In the words of Wagtail's reference index."""
    return f"{capfirst(field.verbose_name)} → {capfirst(block.label)}"
