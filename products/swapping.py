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
from products.selling_blocks import KEEP, SUBSTITUTE, WHEN_GONE, is_product_chooser
from shopsite.cms.content_permissions import can_edit, can_publish
from shopsite.cms.stored_streams import DROP, Leaf, changed_stream, stored, stream_fields

SWAPPED = "products.swapped"


class CannotSwap(Exception):
    """Its text says why, in words for the person who tried; nothing was changed."""


@dataclass(frozen=True)
class Swap:
    """What was done: in how many places, and whether shoppers see it already."""

    count: int
    is_published: bool
    revision: Revision


@transaction.atomic
def swap_product(*, content: Any, old_id: int, new: ProductPage, user: Any) -> Swap:
    """Puts `new` in the place of the product page `old_id`, in every block and list of the newest
    version of a page or snippet, as a new version of its own.

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
    count = _swap_in_streams(draft, old_id, new) + _swap_in_lists(draft, old_id, new)
    if not count:
        raise CannotSwap(_("The newest version no longer shows this product. Publish it."))
    revision = draft.save_revision(user=user, clean=False)
    log(instance=draft, action=SWAPPED, user=user, data=_data(old_id, new), revision=revision)
    is_published = content.live and not was_waiting and can_publish(content, user)
    if is_published:
        revision.publish(user=user)
    return Swap(count, is_published, revision)


def _check_lock(content: Any, user: Any) -> None:
    lock = content.get_lock() if isinstance(content, LockableMixin) else None
    if lock is not None and lock.for_user(user):
        raise CannotSwap(_("It is locked, so nobody but those who hold the lock can change it."))


def swapped_stream(
    field: models.Field, raw: Any, *, old_id: int, new_id: int
) -> tuple[list[dict[str, Any]], int]:
    """A stored stream with one product for another, and in how many places. Pure."""
    count = 0

    def swap(leaf: Leaf) -> Any:
        nonlocal count
        if is_product_chooser(leaf.block) and leaf.value == old_id:
            count += 1
        if _stands_in_for_itself(leaf, old_id, new_id):
            return KEEP if leaf.name == WHEN_GONE else None
        if not is_product_chooser(leaf.block) or leaf.value != old_id:
            return leaf.value
        # A list that shows the new one already does not show it twice.
        return DROP if new_id in leaf.siblings else new_id

    return changed_stream(field, raw, swap), count


def _stands_in_for_itself(leaf: Leaf, old_id: int, new_id: int) -> bool:
    """Whether a fallback would name the product that it is the fallback of after the swap."""
    if leaf.name not in (WHEN_GONE, SUBSTITUTE) or not leaf.beside.get(SUBSTITUTE):
        return False
    shown = {leaf.beside.get("product"), leaf.beside[SUBSTITUTE]}
    return shown <= {old_id, new_id} and old_id in shown


def _swap_in_streams(draft: Any, old_id: int, new: ProductPage) -> int:
    total = 0
    for field in stream_fields(type(draft)):
        raw = stored(getattr(draft, field.name))
        value, count = swapped_stream(field, raw, old_id=old_id, new_id=new.pk)
        stream = field.stream_block  # type: ignore[attr-defined]
        setattr(draft, field.name, StreamValue(stream, value, is_lazy=True))
        total += count
    return total


def _swap_in_lists(draft: Any, old_id: int, new: ProductPage) -> int:
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


def _data(old_id: int, new: ProductPage) -> dict[str, str]:
    old = Page.objects.filter(pk=old_id).values_list("title", flat=True).first()
    return {"old": old or _("a deleted product"), "new": new.title}
