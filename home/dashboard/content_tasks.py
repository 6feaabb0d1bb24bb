"""What waits for those who write and those who publish. The number of queries depends on what the
person may do, not on how many pages there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type
from wagtail.permissions import policy_registry

from home.campaigns import campaigns_ending_soon, without_templates
from home.dashboard.tasks import Task
from home.models import LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from home.page_listings import ENDS, SOON
from products.concerns import all_concerns
from products.models import CollectionIndexPage, CollectionPage, ProductIndexPage, ProductPage
from shopsite.cms.admin.work_filter import DRAFT, WORK, unfinished

# What keeps a live product from being sold or being read; old stories can wait.
CONCERNS_OF_LIVE_PAGES = ("unbuyable", "no_picture")


@dataclass(frozen=True)
class Branch:
    """A part of the site with pages of one type."""

    index: type[Page]
    model: type[Page]
    drafts: str | Promise
    icon: str


BRANCHES = (
    Branch(StoryIndexPage, StoryPage, _("Stories in draft"), "shop-story"),
    Branch(ProductIndexPage, ProductPage, _("Product pages in draft"), "tag"),
    Branch(CollectionIndexPage, CollectionPage, _("Collections in draft"), "shop-collection"),
    Branch(LandingIndexPage, LandingPage, _("Landing pages in draft"), "shop-campaign"),
)


def content_tasks(user: User) -> Iterator[Task]:
    policy = policy_registry.get_by_type(Page)
    if not policy.user_has_any_permission(user, ["add", "change", "publish"]):
        return
    editable = policy.instances_user_has_permission_for(user, "change")
    yield from _workflow_tasks(user, editable)
    indexes = {page.specific_class: page for page in _indexes(editable)}
    for branch in BRANCHES:
        index = indexes.get(branch.index)
        if index is not None:
            drafts = without_templates(unfinished(branch.model.objects.descendant_of(index)))
            yield Task(branch.drafts, drafts.count(), _listing(index, WORK, DRAFT), branch.icon)
    if ProductIndexPage in indexes:
        yield from _product_tasks(indexes[ProductIndexPage])
    if LandingIndexPage in indexes:
        count = len(campaigns_ending_soon())
        url = _listing(indexes[LandingIndexPage], ENDS, SOON)
        yield Task(_("Campaigns that end within a week"), count, url, "date")


def _indexes(editable: Any) -> Any:
    return editable.type(tuple(branch.index for branch in BRANCHES)).select_related("content_type")


def _workflow_tasks(user: User, editable: Any) -> Iterator[Task]:
    report = reverse("wagtailadmin_reports:workflow")
    reviewable = TaskState.objects.reviewable_by(user)
    status = WorkflowState.STATUS_IN_PROGRESS
    waiting = WorkflowState.objects.filter(current_task_state__in=reviewable, status=status)
    query = urlencode({"reviewable": "true", "status": status})
    yield Task(_("Waiting for your approval"), waiting.count(), f"{report}?{query}", "success")
    # The ids of workflows are texts, which PostgreSQL does not compare with numbers.
    ids = editable.values_list(Cast("id", output_field=CharField()), flat=True)
    states = WorkflowState.objects.filter(
        Q(base_content_type=get_default_page_content_type(), object_id__in=ids)
    )
    for label, wanted, icon in (
        (_("On their way to be approved"), status, "time"),
        (_("Sent back with a request"), WorkflowState.STATUS_NEEDS_CHANGES, "resubmit"),
    ):
        url = f"{report}?{urlencode({'status': wanted})}"
        yield Task(label, states.filter(status=wanted).count(), url, icon)


def _product_tasks(index: Page) -> Iterator[Task]:
    pages = ProductPage.objects.descendant_of(index)
    for concern in all_concerns():
        if concern.code in CONCERNS_OF_LIVE_PAGES:
            url = _listing(index, "concern", concern.code)
            label = _("Products: %(concern)s") % {"concern": concern.label}
            yield Task(label, concern.narrow(pages).count(), url, "warning")


def _listing(index: Page, name: str, value: str) -> str:
    address = reverse("wagtailadmin_explore", args=[index.pk])
    return f"{address}?{urlencode({name: value})}"
