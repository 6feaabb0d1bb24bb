"""Where pages and records of the shop are shown, from Wagtail's reference index.

The index knows what is saved: the live words of a live page, the draft of one that is not. Drafts
that wait beside a live version are read from their revisions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from shopsite.cms.pending_drafts import Draft, pending_drafts
from shopsite.cms.place_words import State, Use, merged_uses, state_of
from shopsite.cms.reference_sources import is_place

Key = tuple[int, str]  # Base content type and primary key, as the index names an object.


@dataclass(frozen=True)
class Place:
    """One page, snippet or setting that shows what was asked for, and where in it."""

    instance: models.Model
    kind: str
    state: State
    uses: tuple[Use, ...]

    @property
    def is_live(self) -> bool:
        return self.state != "draft"


def places_showing(
    *, pages: Collection[Page], records: Collection[models.Model] = ()
) -> list[Place]:
    """In the order of their names, live ones first. The number of queries grows with the kinds
    of places, not with their number.

    `records` are shown by what points at them itself; the `pages` are no places of their own.
    """
    targets = [*pages, *records]
    live_uses = _indexed_uses(targets)
    drafts = pending_drafts(page_ids={page.pk for page in pages})
    keys = live_uses.keys() | {draft.key for draft in drafts if draft.uses}
    places = _places(keys - {_key(page) for page in pages}, live_uses, drafts)
    return sorted(places, key=lambda place: (not place.is_live, place.kind, str(place.instance)))


def _key(instance: models.Model) -> Key:
    return ReferenceIndex._get_base_content_type(instance).pk, str(instance.pk)


def _indexed_uses(targets: Iterable[models.Model]) -> dict[Key, list[Use]]:
    found: dict[Key, list[Use]] = defaultdict(list)
    for row in ReferenceIndex.get_references_to_in_bulk(list(targets)):
        if is_place(row):
            key = (row.base_content_type_id, row.object_id)
            found[key].append(Use(row.describe_source_field(), row.content_path))
    return found


def _places(
    keys: Collection[Key], live_uses: dict[Key, list[Use]], drafts: list[Draft]
) -> Iterator[Place]:
    waiting = {draft.key: draft for draft in drafts}
    for key, instance in _instances(keys):
        draft = waiting.get(key)
        in_live, in_draft = live_uses.get(key, []), list(draft.uses) if draft else None
        is_live = not isinstance(instance, DraftStateMixin) or instance.live
        yield Place(
            instance=instance,
            kind=_kind(instance),
            state=state_of(is_live=is_live, in_live=bool(in_live), in_draft=in_draft),
            uses=merged_uses(in_live, in_draft),
        )


def _instances(keys: Collection[Key]) -> Iterator[tuple[Key, Any]]:
    """One query for each kind; what was deleted a moment ago is left out."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for content_type_id, pk in keys:
        by_type[content_type_id].append(pk)
    for content_type_id, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None:
            for instance in model._default_manager.filter(pk__in=pks):
                yield (content_type_id, str(instance.pk)), instance


def _kind(instance: Any) -> str:
    if isinstance(instance, Page):
        return str(instance.page_type_display_name)
    return str(instance._meta.verbose_name).capitalize()
