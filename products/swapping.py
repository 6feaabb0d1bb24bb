"""One product taken for another in the content that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.log_actions import log
from wagtail.models import LockableMixin, Page, Revision

from products.models import ProductPage
from products.replacing import Replacement
from shopsite.cms.content_permissions import can_edit, can_publish
from shopsite.cms.stored_streams import TooFewItems, rich_text_fields, stored, stream_fields

SWAPPED = "products.swapped"


class CannotSwap(Exception):
    """Its text says why, in words for the person who tried; nothing was changed."""


@dataclass(frozen=True)
class Swap:
    """What was done: in how many places, how many of them are links that keep words written for
    the old product, and whether shoppers see it already."""

    count: int
    kept_words: int
    is_published: bool
    revision: Revision


@transaction.atomic
def swap_product(*, content: Any, old_id: int, new: ProductPage, user: Any) -> Swap:
    """Puts `new` in the place of the product page `old_id`, in every block, list and link of the
    newest version of a page or snippet, as a new version of its own.

    It is published when the person may publish and nothing else was waiting to be. Raises
    PermissionDenied or CannotSwap, or ValidationError when the content cannot be published, and
    leaves everything as it was.
    """
    content = type(content)._default_manager.select_for_update(of=("self",)).get(pk=content.pk)
    if not can_edit(content, user):
        raise PermissionDenied
    _check_lock(content, user)
    was_waiting = content.has_unpublished_changes
    draft = content.get_latest_revision_as_object()
    replacement = _replacement(old_id, new)
    _replace(draft, replacement, new)
    if not replacement.count:
        raise CannotSwap(_("The newest version no longer shows this product. Publish it."))
    revision = draft.save_revision(user=user, clean=False)
    log(instance=draft, action=SWAPPED, user=user, data=_data(replacement), revision=revision)
    is_published = content.live and not was_waiting and can_publish(content, user)
    if is_published:
        revision.publish(user=user)
    return Swap(replacement.count, replacement.kept_words, is_published, revision)


def _check_lock(content: Any, user: Any) -> None:
    lock = content.get_lock() if isinstance(content, LockableMixin) else None
    if lock is not None and lock.for_user(user):
        raise CannotSwap(_("It is locked, so nobody but those who hold the lock can change it."))


def _replace(draft: Any, replacement: Replacement, new: ProductPage) -> None:
    try:
        _replace_in_streams(draft, replacement)
    except TooFewItems as error:
        text = _(
            "“%(block)s” shows both products, and would be left with fewer than it needs. Choose "
            "another one, or change that block by hand."
        )
        raise CannotSwap(text % {"block": error.top.label}) from error
    for field in rich_text_fields(type(draft)):
        text = getattr(draft, field.name)
        setattr(draft, field.name, replacement.in_text(text) if text else text)
    replacement.count += _replace_in_lists(draft, replacement.old_id, new)


def _replace_in_streams(draft: Any, replacement: Replacement) -> None:
    for field in stream_fields(type(draft)):
        value = replacement.in_stream(field, stored(getattr(draft, field.name)))
        stream = field.stream_block  # type: ignore[attr-defined]
        setattr(draft, field.name, StreamValue(stream, value, is_lazy=True))


def _replace_in_lists(draft: Any, old_id: int, new: ProductPage) -> int:
    """In rows of a page's own lists, such as what a collection was put together of by hand."""
    count = 0
    for relation in get_all_child_relations(type(draft)):
        for field in _product_fields(relation.related_model):
            rows = getattr(draft, relation.get_accessor_name())
            named = {getattr(row, field.attname) for row in rows.all()}
            for row in [row for row in rows.all() if getattr(row, field.attname) == old_id]:
                count += 1
                if new.pk in named:
                    rows.remove(row)
                else:
                    setattr(row, field.name, new)
                    named.add(new.pk)
    return count


def _product_fields(model: type[models.Model]) -> Iterable[models.ForeignKey]:
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is ProductPage
    ]


def _replacement(old_id: int, new: ProductPage) -> Replacement:
    old_title = Page.objects.filter(pk=old_id).values_list("title", flat=True).first()
    return Replacement(old_id, new.pk, old_title=old_title or "", new_title=new.title)


def _data(replacement: Replacement) -> dict[str, str]:
    old = replacement.old_title or _("a deleted product")
    return {"old": old, "new": replacement.new_title}
