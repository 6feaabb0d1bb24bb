"""The desk's pages that record what left the house and what has arrived."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from orders.order_desk.action_view import OrderActionView, number_of
from orders.order_desk.parcel_form import ParcelForm
from orders.shipping import CannotShip, mark_delivered, ship_order
from orders.status import SHIPPABLE
from products.admin.permissions import staff_user


class ParcelView(OrderActionView):
    """What both have in common: the right to ship."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_ship(user)
        return allowed


class OrderShipView(ParcelView):
    title = gettext_lazy("Ship order %(number)s")
    template_name = "orders/admin/ship.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.instance.status not in SHIPPABLE:
            return self._refuse()
        return self.answer(ParcelForm(order=self.instance))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ParcelForm(request.POST, order=self.instance)
        is_valid = form.is_valid()
        if self._is_recorded(form.cleaned_data.get("submission")):
            return self._say_recorded()  # A second click.
        if self.instance.status not in SHIPPABLE:
            return self._refuse()
        if not is_valid:
            return self.answer(form)
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


class ParcelDeliveredView(ParcelView):
    """A POST with the parcel's id. A second click finds it delivered and changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = number_of(request.POST.get("parcel", ""))
        shipment = get_object_or_404(self.instance.shipments, pk=key)
        if mark_delivered(shipment=shipment, user=staff_user(request)):
            messages.success(request, _("The parcel has arrived."))
        return self.back_to_order()
