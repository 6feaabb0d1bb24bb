"""Many pages taken away at once: the same warning, and one page that all addresses lead to."""

from typing import Any

from django import forms
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, UnpublishBulkAction
from wagtail.models import Page

from shopsite.cms.admin.leaving import LeavingForm, rows_showing
from shopsite.cms.redirecting import addresses_of, redirect_addresses


class LeavingBulkForm(LeavingForm):
    include_descendants = forms.BooleanField(required=False)


class LeavingBulkMixin:
    """Wagtail runs the action in one transaction: pages and addresses change together."""

    form_class = LeavingBulkForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        pks = [pk for pk in self.request.GET.getlist("id") if pk.isdigit()]  # type: ignore[attr-defined]
        return {**kwargs, "gone": list(Page.objects.filter(pk__in=pks))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        pages = [item["item"] for item in context["items"]]
        context["place_rows"] = rows_showing(pages, self.request.user)  # type: ignore[attr-defined]
        return context

    def get_execution_context(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_execution_context()  # type: ignore[misc]
        target = self.cleaned_form.cleaned_data["redirect_to"]  # type: ignore[attr-defined]
        return {**context, "redirect_to": target}

    @classmethod
    def execute_action(
        cls, objects: list[Page], redirect_to: Page | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        if redirect_to is not None:
            for page in objects:
                redirect_addresses(addresses=addresses_of(page), gone=page, to=redirect_to)
        return super().execute_action(objects, **kwargs)  # type: ignore[misc]


class LeavingUnpublishBulkAction(LeavingBulkMixin, UnpublishBulkAction):
    template_name = "cms/admin/confirm_bulk_unpublish.html"


class LeavingDeleteBulkAction(LeavingBulkMixin, DeleteBulkAction):
    template_name = "cms/admin/confirm_bulk_delete.html"
