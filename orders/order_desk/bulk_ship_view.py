"""Many orders shipped whole: first a page that says which, then it is done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from orders.many_parcels import plan_parcels, ship_many
from orders.models import Order
from orders.order_desk.bulk_views import ManyOrdersView
from orders.order_desk.parcel_form import SharedParcelForm
from products.admin.permissions import staff_user


class ShipManyView(ManyOrdersView):
    def is_allowed(self, user: User | AnonymousUser) -> bool:
        return self.permission_helper.user_can_ship(user)

    def act(self, orders: Sequence[Order]) -> HttpResponseBase:
        if not self.request.POST.get("confirmed"):
            return self._ask(orders, SharedParcelForm())
        form = SharedParcelForm(self.request.POST)
        if not form.is_valid():
            return self._ask(orders, form)
        done = ship_many(
            orders=orders,
            carrier=form.cleaned_data["carrier"],
            submission=form.cleaned_data["submission"],
            user=staff_user(self.request),
            tell_shopper=form.cleaned_data["tell_shopper"],
        )
        if done.ready:
            count = len(done.ready)
            words = ngettext("%(count)d order is shipped.", "%(count)d orders are shipped.", count)
            messages.success(self.request, words % {"count": count})
        self.tell_left_out(done.left_out)
        return self.back_to_list()

    def _ask(self, orders: Sequence[Order], form: forms.Form) -> HttpResponse:
        plan = plan_parcels(orders)
        if not plan.ready:
            self.tell_left_out(plan.left_out)
            return self.back_to_list()
        title = _("Ship many orders")
        context: dict[str, Any] = {
            "view": self,
            "form": form,
            "plan": plan,
            "order_url": self.index_url + self.get_query_string(),
            "header_title": title,
            "breadcrumbs_items": [
                {"url": self.index_url, "label": self.get_page_title()},
                {"url": "", "label": title},
            ],
        }
        return TemplateResponse(self.request, "orders/admin/ship_many.html", context)
