"""The desk's page that gives an order up."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from orders.canceling import CannotCancel, cancel_order
from orders.order_desk.action_view import OrderActionView
from orders.order_desk.refund_form import NoteForm
from orders.order_desk.refund_views import tell_of_refund
from orders.refund_draft import CannotRefund, draft_amount, draft_of_everything
from orders.status import CANCELABLE
from products.admin.permissions import staff_user
from shopsite.lib.money import Money


class OrderCancelView(OrderActionView):
    """Says what will happen; one press, and it does."""

    title = gettext_lazy("Cancel order %(number)s")
    template_name = "orders/admin/cancel.html"

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_cancel(user, self.instance)
        return allowed

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.instance.status not in CANCELABLE:
            messages.warning(request, _("Nothing of this order can be canceled now."))
            return self.back_to_order()
        return self._show(NoteForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            refund = cancel_order(
                order=self.instance,
                user=staff_user(request),
                note=form.cleaned_data["note"],
                submission=form.cleaned_data["submission"],
            )
        except (CannotCancel, CannotRefund) as error:
            messages.error(request, str(error))
            return self.back_to_order()
        if refund is None or not refund.amount:
            messages.success(request, _("The order is canceled."))
        else:
            tell_of_refund(request, refund)
        return self.back_to_order()

    def _show(self, form: NoteForm) -> HttpResponse:
        lines = self.instance.lines_to_ship
        return self.answer(form, lines=lines, amount=self._amount())

    def _amount(self) -> Money | None:
        draft = draft_of_everything(self.instance)
        if draft is None:
            return None
        return draft_amount(draft, {line.pk: line for line in self.instance.lines.all()})
