"""Wagtail's views of pages, with what they say before a page goes live."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Task, WorkflowState

from shopsite.cms.admin.side_panels import ReadinessSidePanel

APPROVE = "approve"
# A function that takes a page and a request and answers with a side panel, or with None.
SIDE_PANELS_HOOK = "register_page_side_panel"


def would_publish(state: WorkflowState) -> bool:
    """Whether approving what waits now ends the workflow, which publishes the page."""
    current = state.current_task_state
    tasks = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    open_tasks = tasks.exclude(task_states__in=state.successful_task_states)
    return not open_tasks.exclude(pk=current.task_id if current else None).exists()


class CheckedFormMixin:
    """Asks the page before anything is saved when the pressed button would publish it."""

    def get_side_panels(self) -> MediaContainer:
        panels = [*super().get_side_panels(), *self.own_side_panels()]  # type: ignore[misc]
        return MediaContainer(sorted(panels, key=lambda panel: panel.order))

    def own_side_panels(self) -> list[BaseSidePanel]:
        """Ours, and those of higher layers that have something to say of this page."""
        page, request = self.page, self.request  # type: ignore[attr-defined]
        offered = [make(page, request) for make in hooks.get_hooks(SIDE_PANELS_HOOK)]
        return [ReadinessSidePanel(page, request), *filter(None, offered)]

    def form_valid(self, form: Any) -> HttpResponse:
        if self.would_publish():
            try:
                check = getattr(form.save(commit=False), "check_publishable", None)
                if check is not None:
                    check()
            except ValidationError as error:
                return self.refuse(error)
        return super().form_valid(form)  # type: ignore[misc]

    def refuse(self, error: ValidationError) -> HttpResponse:
        """The form again with what was typed. Nothing in it is wrong, so no field is marked."""
        messages.error(self.request, " ".join(error.messages))  # type: ignore[attr-defined]
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]

    def would_publish(self) -> bool:
        return self.action_name == "publish"  # type: ignore[attr-defined]


class CheckedEditMixin(CheckedFormMixin):
    partials_template_name = "cms/admin/edit_partials.html"

    def would_publish(self) -> bool:
        if self.action_name != "perform_workflow_action":  # type: ignore[attr-defined]
            return super().would_publish()
        state = self.page.current_workflow_state  # type: ignore[attr-defined]
        return self.workflow_action == APPROVE and would_publish(state)  # type: ignore[attr-defined]


class CheckedEditView(CheckedEditMixin, EditView):
    pass


class CheckedRevertView(CheckedEditMixin, RevisionsRevertView):
    pass


class CheckedCreateView(CheckedFormMixin, CreateView):
    def form_valid(self, form: Any) -> HttpResponse:
        """What the page's own check refuses is said in the form: a slug may be taken between the
        check of the form and the saving, by somebody else or by the page's own autosave."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as error:
            return self.refuse(error)


class CheckedWorkflowActionView(WorkflowActionView):
    """Approving from the dashboard, a list or the history: the page stays where it was, in the
    workflow, when it cannot go live."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            answer = {"step": "success", "redirect": self.redirect_url}
            return self.render_modal_json(request, answer)
        return redirect(self.redirect_url)
