"""The page of one stock record: what there is, the ways to change it, the last movements."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from products.admin.links import edit_variant_url
from products.admin.permissions import staff_user
from products.admin.stock_forms import AdjustForm, CountForm
from products.models import StockRecord
from products.stock import StockConflict, adjust_stock, count_stock

LAST_MOVEMENTS = 15


class StockView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Both forms post here; the button that was pressed says which one is meant."""

    model = StockRecord
    permission_required = "change"
    template_name = "products/admin/stock.html"
    page_title = gettext_lazy("Stock")
    header_icon = "shop-shelf"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        records = StockRecord.objects.select_related("variant__product")
        self.record = get_object_or_404(records, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(self._count_form(), AdjustForm(prefix="adjust"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action-adjust" in request.POST:
            return self._adjust(AdjustForm(request.POST, prefix="adjust"))
        return self._count(CountForm(request.POST, prefix="count"))

    def _count(self, form: CountForm) -> HttpResponse:
        if form.is_valid():
            try:
                count_stock(
                    record=self.record,
                    counted=form.cleaned_data["counted"],
                    expected_on_hand=form.cleaned_data["seen"],
                    user=staff_user(self.request),
                    note=form.cleaned_data["note"],
                )
                return self._done()
            except StockConflict as conflict:
                self._show_new_number(form, str(conflict))
        return self._answer(form, AdjustForm(prefix="adjust"))

    def _adjust(self, form: AdjustForm) -> HttpResponse:
        if form.is_valid():
            try:
                adjust_stock(
                    record=self.record,
                    change=form.change,
                    reason=form.cleaned_data["reason"],
                    user=staff_user(self.request),
                    note=form.cleaned_data["note"],
                )
                return self._done()
            except StockConflict as conflict:
                form.add_error("quantity", str(conflict))
        return self._answer(self._count_form(), form)

    def _show_new_number(self, form: CountForm, text: str) -> None:
        """The person has now been told the new number, so the next try starts from it."""
        form.add_error("counted", text)
        data = self.request.POST.copy()
        data[form.add_prefix("seen")] = str(self.record.on_hand)
        form.data = data

    def _count_form(self) -> CountForm:
        return CountForm(prefix="count", initial={"seen": self.record.on_hand})

    def _done(self) -> HttpResponse:
        self.record.refresh_from_db()
        messages.success(
            self.request,
            _("%(name)s: there are %(on_hand)d on hand now.")
            % {"name": self.record.variant, "on_hand": self.record.on_hand},
        )
        return redirect(self.request.path)

    def _answer(self, count_form: CountForm, adjust_form: AdjustForm) -> HttpResponse:
        forms_with_errors: list[forms.Form] = [f for f in (count_form, adjust_form) if f.errors]
        for form in forms_with_errors:
            text = _("The stock was not changed. Please look at the fields below.")
            messages.validation_error(self.request, text, form)
        context = self.get_context_data(count_form=count_form, adjust_form=adjust_form)
        return self.render_to_response(context)

    def get_page_subtitle(self) -> str:
        return str(self.record.variant)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        movements = self.record.movements.select_related("user")[:LAST_MOVEMENTS]
        log_url = reverse("stock_movements_admin:index") + f"?record={self.record.pk}"
        return super().get_context_data(
            record=self.record,
            variant_url=edit_variant_url(self.record.variant, staff_user(self.request)),
            movements=movements,
            log_url=log_url if self.request.user.has_perm("products.view_stockmovement") else "",
            **kwargs,
        )
