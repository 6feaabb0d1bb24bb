from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from customers.customer_data import (
    CannotErase,
    erase_customer_data,
    export_customer_data,
    find_customer_data,
    log_of,
    why_not_erase,
)
from customers.data_desk.forms import AddressForm, EraseForm
from products.admin.permissions import staff_user

PERMISSION = "customers.handle_customer_data"


class CustomerDataView(WagtailAdminTemplateMixin, TemplateView):
    """GET asks for an address. POST does what `action` says: show what is kept about it, give it
    out, or erase it, which takes the number of orders as well."""

    template_name = "customers/admin/customer_data.html"
    page_title = gettext_lazy("Customer data")
    header_icon = "user"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": AddressForm(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        email = form.cleaned_data["email"]
        if request.POST.get("action") == "export":
            return self._export(email)
        if request.POST.get("action") == "erase":
            return self._erase(email)
        return self._show(email)

    def _show(self, email: str, erase_form: EraseForm | None = None) -> HttpResponse:
        found = find_customer_data(email)
        context = self.get_context_data(
            form=AddressForm(initial={"email": email}),
            found=found,
            orders=[part for part in found.parts if part.code == "orders"],
            reasons=why_not_erase(email),
            erase_form=erase_form or EraseForm(initial={"email": email}),
            log=log_of(email),
        )
        return self.render_to_response(context)

    def _export(self, email: str) -> StreamingHttpResponse:
        pieces = export_customer_data(email=email, user=staff_user(self.request))
        name = f"customer-data-{timezone.localdate()}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)

    def _erase(self, email: str) -> HttpResponse:
        form = EraseForm(self.request.POST)
        if not form.is_valid():
            return self._show(email, form)
        try:
            entry = erase_customer_data(
                email=email, orders=form.cleaned_data["orders"], user=staff_user(self.request)
            )
        except CannotErase as error:
            for reason in error.reasons:
                messages.error(self.request, reason)
        else:
            words = _("It is erased.") if entry else _("Nothing is kept about this address.")
            messages.success(self.request, words)
        return self._show(email)
