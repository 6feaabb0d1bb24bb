"""The group of moderators that Wagtail comes with, which has rights on the root of all pages."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, GroupPagePermission, Task, Workflow

from home.rights import LEAD_PAGES

MODERATORS = "Moderators"
APPS = frozenset({"wagtailadmin", "wagtailimages", "wagtaildocs"})
WORKFLOW = "Moderators approval"


def retire_moderators(*, heirs: Group) -> None:
    """Removes the group Wagtail came with, which may publish everything, if nobody uses it.

    What it approved is approved by the `heirs` from then on; a workflow without approvers
    would keep what is submitted for ever.
    """
    moderators = Group.objects.filter(name=MODERATORS, user__isnull=True).first()
    if not moderators or not _is_as_wagtail_made_it(moderators):
        return
    for task in GroupApprovalTask.objects.filter(groups=moderators):
        task.groups.add(heirs)
    for model in (Task, Workflow):
        model.objects.filter(name=WORKFLOW).update(name=_("Approval by editors in chief"))
    moderators.delete()


def _is_as_wagtail_made_it(group: Group) -> bool:
    grants = GroupPagePermission.objects.filter(group=group).select_related("page", "permission")
    apps = group.permissions.values_list("content_type__app_label", flat=True)
    return (
        {grant.permission.codename for grant in grants} == LEAD_PAGES
        and all(grant.page.is_root() for grant in grants)
        and set(apps) <= APPS
    )
