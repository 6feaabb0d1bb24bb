"""The panel of tasks, and what of Wagtail's own first page stays beside it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from home.dashboard.content_tasks import content_tasks
from home.dashboard.figures_panels import figures_panels
from home.dashboard.shop_tasks import shop_tasks
from home.dashboard.tasks import Start, Task
from home.models import LandingIndexPage, StoryIndexPage
from products.admin.permissions import can_create_product


class TasksPanel(Component):
    name = "tasks"
    template_name = "home/admin/tasks_panel.html"
    order = 50

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def media(self) -> Media:
        sheets = ["css/admin/dashboard.css"]
        if not user_has_any_page_permission(self.user):
            sheets.append("css/admin/dashboard-without-pages.css")
        return Media(css={"all": sheets})

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"tasks": tasks_of(self.user), "starts": list(starts_of(self.user))}


def tasks_of(user: User) -> list[Task]:
    """What waits for the person, as far as they may do it. A fixed number of queries."""
    tasks = [*shop_tasks(user), *content_tasks(user)]
    return [task for task in tasks if task.count]


def starts_of(user: User) -> Iterator[Start]:
    if can_create_product(user):
        yield Start(_("New product"), reverse("products_admin:add"), "tag")
    stories = _writable(StoryIndexPage, user)
    if stories is not None:
        url = reverse("wagtailadmin_pages:add", args=["home", "storypage", stories.pk])
        yield Start(_("New story"), url, "shop-story")
    if _writable(LandingIndexPage, user) is not None:
        url = reverse("new_landing_page")
        yield Start(_("New landing page"), url, "shop-campaign")
    if user.has_perm("products.add_importjob"):
        url = reverse("import_jobs_admin:index")
        yield Start(_("Import or export products"), url, "upload")


def _writable(model: type[Page], user: User) -> Page | None:
    page = model.objects.first()
    may_write = page is not None and page.permissions_for_user(user).can_add_subpage()
    return page if may_write else None


def arrange_homepage(request: HttpRequest, panels: list[Any]) -> None:
    """Puts the tasks first, and after them the figures."""
    if isinstance(request.user, User):
        panels += [TasksPanel(request.user), *figures_panels(request.user)]
