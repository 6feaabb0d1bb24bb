"""Brings the groups to the table of roles."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.moderators import retire_moderators
from home.roles import CHIEFS, EDITORS, ROLES, Role
from home.workflows import create_story_workflow


class UnknownPermission(Exception):
    """The table names a permission that the database does not have; its text says what to do."""


@transaction.atomic
def create_roles() -> list[str]:
    """Brings the groups to the table, all or none; running it again changes nothing.

    Returns a sentence for each thing that could not be given yet. Raises UnknownPermission.
    """
    notes = []
    permissions = PermissionKeys()
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(permissions.of(role.permissions))
        _set_files(group, permissions.of(role.files))
        notes += _set_branches(group, role, permissions)
    chiefs = Group.objects.get(name=CHIEFS)
    retire_moderators(heirs=chiefs)
    create_story_workflow(editors=Group.objects.get(name=EDITORS), chiefs=chiefs)
    return notes


class PermissionKeys:
    """The primary keys of all permissions there are, read once."""

    def __init__(self) -> None:
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
        for app_label, codename, pk in rows:
            # A codename may belong to several models of an app.
            self._by_name[f"{app_label}.{codename}"].add(pk)

    def of(self, names: Iterable[str]) -> set[int]:
        """Of the permissions named "app.codename". Raises UnknownPermission."""
        found: set[int] = set()
        for name in sorted(names):
            if name not in self._by_name:
                raise UnknownPermission(
                    _("There is no permission %(name)s. Run “migrate” first.") % {"name": name}
                )
            found |= self._by_name[name]
        return found


def _set_files(group: Group, permissions: set[int]) -> None:
    root = Collection.get_first_root_node().pk
    _set_grants(
        GroupCollectionPermission, group, "collection_id", {(root, one) for one in permissions}
    )


def _set_branches(group: Group, role: Role, permissions: PermissionKeys) -> list[str]:
    notes, wanted = [], set()
    for branch in role.branches:
        model = branch.page_type
        keys = permissions.of(f"wagtailcore.{name}" for name in branch.verbs)
        pages = Page.objects.type(model).values_list("pk", flat=True)
        if not pages:
            notes.append(
                _(
                    "%(group)s cannot write below “%(page)s” yet: there is no such page. "
                    "Make it and run create_roles again."
                )
                % {"group": group.name, "page": model._meta.verbose_name}
            )
        wanted |= set(product(pages, keys))
    _set_grants(GroupPagePermission, group, "page_id", wanted)
    return notes


def _set_grants(
    model: type[GroupCollectionPermission | GroupPagePermission],
    group: Group,
    place: str,
    wanted: set[tuple[int, int]],
) -> None:
    """Makes the group's rows those of the wanted (place, permission) pairs; the rest goes."""
    kept, gone = set(), []
    for pk, *pair in model.objects.filter(group=group).values_list("pk", place, "permission_id"):
        if tuple(pair) in wanted:
            kept.add(tuple(pair))
        else:
            gone.append(pk)
    model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_create(
        model(group=group, permission_id=permission, **{place: where})
        for where, permission in sorted(wanted - kept)
    )
