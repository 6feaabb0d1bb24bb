"""The desk's slip of one order, and its word that a thing that needed a person is seen to."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from wagtail.admin import messages

from orders.attention import settle_attention
from orders.many_parcels import reason_not_to_pack
from orders.order_desk.action_view import OrderActionView
from orders.packing_slips import packing_slips_pdf
from orders.pdf_answer import pdf_answer
from products.admin.permissions import staff_user
from shopsite.lib.pdf import PdfError
from shopsite.lib.text import plain_line


class OrderPackingSlipView(OrderActionView):
    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_inspect_obj(user, self.instance)
        return allowed

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = reason_not_to_pack(self.instance)
        if reason:
            words = _("There is nothing to pack. %(reason)s")
            messages.warning(request, words % {"reason": reason})
            return self.back_to_order()
        try:
            pdf = packing_slips_pdf([self.instance])
        except PdfError:
            messages.error(request, _("The PDF cannot be typeset now. Please try again later."))
            return self.back_to_order()
        return pdf_answer(pdf, f"packing-slip-{self.instance.number}")


class OrderSettleView(OrderActionView):
    """A POST that names the concern. A second click finds nothing and changes nothing."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_refund(user)
        return allowed

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = plain_line(request.POST.get("concern", ""), 40)
        if settle_attention(order=self.instance, code=code, user=staff_user(request)):
            messages.success(request, _("It is noted as seen to."))
        return self.back_to_order()
