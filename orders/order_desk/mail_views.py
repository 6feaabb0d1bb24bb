"""Sends a mail of the order again."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin import messages

from orders.order_desk.action_view import OrderActionView, number_of
from orders.resending import CannotResend, resend
from products.admin.permissions import staff_user


class ResendView(OrderActionView):
    """A POST with the mail's id and which copy of it is wanted: a second click sends no second."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        return self.permission_helper.user_can_resend(user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        email = get_object_or_404(self.instance.emails, pk=number_of(request.POST.get("mail", "")))
        copy = max(number_of(request.POST.get("copy", "")), 1)
        try:
            if resend(email, copy=copy, user=staff_user(request)):
                text = _("“%(mail)s” is sent again.")
                messages.success(request, text % {"mail": email.get_kind_display()})
        except CannotResend as error:
            messages.error(request, str(error))
        return self.back_to_order()
