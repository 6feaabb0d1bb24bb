"""Wagtail's views that take pages away, with a warning and an offer of a redirect."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from shopsite.cms.admin.leaving import LeavingForm, rows_showing
from shopsite.cms.redirecting import addresses_of, redirect_addresses


class LeavingMixin:
    """Of a view of one page. `gone` is that page, as it was before."""

    request: HttpRequest

    @property
    def gone(self) -> Page:
        raise NotImplementedError

    def stays(self) -> bool:
        """Whether Wagtail, or a hook, in the end left the page where it was."""
        raise NotImplementedError

    @cached_property
    def leaving_form(self) -> LeavingForm:
        return LeavingForm(self._posted(), gone=[self.gone])

    def _posted(self) -> QueryDict | None:
        return self.request.POST if self.request.method == "POST" else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["place_rows"] = rows_showing([self.gone], self.request.user)
        context["leaving_form"] = self.leaving_form
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page and its address change together or not at all."""
        if not self.leaving_form.is_valid():
            return self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]
        target = self.leaving_form.cleaned_data["redirect_to"]
        with transaction.atomic():
            addresses = addresses_of(self.gone)
            if target is not None:
                # Before the page: deleting it would take the older addresses along.
                redirect_addresses(addresses=addresses, gone=self.gone, to=target)
            response = super().post(request, *args, **kwargs)  # type: ignore[misc]
            if self.stays():
                transaction.set_rollback(True)
        return response


class LeavingUnpublishView(LeavingMixin, UnpublishView):
    template_name = "cms/admin/confirm_unpublish.html"

    @property
    def gone(self) -> Page:
        return self.object

    def stays(self) -> bool:
        return Page.objects.live().filter(pk=self.object.pk).exists()


class LeavingDeleteView(LeavingMixin, DeleteView):
    template_name = "cms/admin/confirm_delete.html"

    @cached_property
    def gone(self) -> Page:
        return Page.objects.get(pk=self.page.pk)  # A copy: deleting takes the key off the original.

    def stays(self) -> bool:
        return Page.objects.filter(pk=self.gone.pk).exists()
