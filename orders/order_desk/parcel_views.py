"""The desk's pages that record what left the house and what has arrived."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_modeladmin.views import InstanceSpecificView

from orders.order_desk.parcel_form import ParcelForm
from orders.shipping import CannotShip, mark_delivered, ship_order
from orders.status import SHIPPABLE
from products.admin.permissions import staff_user


class ParcelView(InstanceSpecificView):
    """What both have in common: the right to ship, and the way back to the order."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_ship(user)
        return allowed

    def back_to_order(self) -> HttpResponse:
        return redirect(self.url_helper.get_action_url("inspect", self.pk_quoted))


class OrderShipView(ParcelView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.instance.status not in SHIPPABLE:
            return self._refuse()
        return self._answer(ParcelForm(order=self.instance))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ParcelForm(request.POST, order=self.instance)
        is_valid = form.is_valid()
        if self._is_recorded(form.cleaned_data.get("submission")):
            return self._say_recorded()  # A second click.
        if self.instance.status not in SHIPPABLE:
            return self._refuse()
        if not is_valid:
            return self._answer(form)
        try:
            ship_order(
                order=self.instance,
                parcel=form.draft,
                user=staff_user(request),
                tell_shopper=form.cleaned_data["tell_shopper"],
            )
        except CannotShip as error:
            messages.error(request, str(error))
            return self.back_to_order()
        return self._say_recorded()

    def _is_recorded(self, submission: UUID | None) -> bool:
        parcels = self.instance.shipments.filter(submission=submission)
        return submission is not None and parcels.exists()

    def _say_recorded(self) -> HttpResponse:
        messages.success(self.request, _("The parcel is recorded."))
        return self.back_to_order()

    def _refuse(self) -> HttpResponse:
        messages.warning(self.request, _("Nothing of this order can be shipped now."))
        return self.back_to_order()

    def _answer(self, form: ParcelForm) -> HttpResponse:
        order_url = self.url_helper.get_action_url("inspect", self.pk_quoted)
        title = _("Ship order %(number)s") % {"number": self.instance.number}
        context = self.get_context_data(
            form=form,
            order=self.instance,
            order_url=order_url,
            header_title=title,
            breadcrumbs_items=[
                {"url": self.index_url, "label": self.model_admin.get_menu_label()},
                {"url": order_url, "label": self.instance.number},
                {"url": "", "label": _("Ship")},
            ],
        )
        return self.render_to_response(context)

    def get_meta_title(self) -> str:
        return _("Ship order %(number)s") % {"number": self.instance.number}

    def get_template_names(self) -> list[str]:
        return ["orders/admin/ship.html"]


class ParcelDeliveredView(ParcelView):
    """A POST with the parcel's id. A second click finds it delivered and changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.POST.get("parcel", "")
        key = int(number) if number.isdecimal() and len(number) <= 18 else 0
        shipment = get_object_or_404(self.instance.shipments, pk=key)
        if mark_delivered(shipment=shipment, user=staff_user(request)):
            messages.success(request, _("The parcel has arrived."))
        return self.back_to_order()
