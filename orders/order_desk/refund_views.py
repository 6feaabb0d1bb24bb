"""The desk's pages that send money back."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from orders.models import Payment, Refund
from orders.money_back import NOT_GIVEN, RefundState
from orders.order_desk.action_view import OrderActionView, number_of
from orders.order_desk.refund_form import RefundForm
from orders.refund_draft import CannotRefund, RefundDraft, main_payment, refundable
from orders.refunds import request_refund, send_refund
from products.admin.permissions import staff_user
from shopsite.lib.money import Money


class RefundActionView(OrderActionView):
    """What all of them have in common: the right to refund, and what the clerk is told."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        allowed: bool = self.permission_helper.user_can_refund(user)
        return allowed

    def ask_for(self, draft: RefundDraft) -> HttpResponse:
        try:
            refund = request_refund(draft=draft, user=staff_user(self.request))
        except CannotRefund as error:
            messages.error(self.request, str(error))
            return self.back_to_order()
        send_refund(refund)
        tell_of_refund(self.request, refund)
        return self.back_to_order()


class OrderRefundView(RefundActionView):
    """First the form, then the same with the amount to be confirmed."""

    title = gettext_lazy("Refund order %(number)s")
    template_name = "orders/admin/refund.html"

    @cached_property
    def payment(self) -> Payment | None:
        return main_payment(self.instance)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.payment is None or not refundable(self.payment):
            return self._refuse()
        return self.answer(RefundForm(order=self.instance, payment=self.payment))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.payment is None:
            return self._refuse()
        form = RefundForm(request.POST, order=self.instance, payment=self.payment)
        is_valid = form.is_valid()
        known = _refund_of(form.cleaned_data.get("submission"))
        if known is not None:  # A second click.
            tell_of_refund(request, known)
            return self.back_to_order()
        if not is_valid:
            return self.answer(form)
        if request.POST.get("confirmed") != str(form.amount.amount):
            return self.answer(form, amount=form.amount)
        return self.ask_for(form.draft)

    def _refuse(self) -> HttpResponse:
        messages.warning(self.request, _("Nothing is left of this order to be given back."))
        return self.back_to_order()


class PaymentRefundView(RefundActionView):
    """All that is left of one payment, such as one that came a second time. A POST with its id."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        payments = self.instance.payments.filter(is_duplicate=True)
        payment = get_object_or_404(payments, pk=number_of(request.POST.get("payment", "")))
        return self.ask_for(
            RefundDraft(
                payment=payment,
                lines=(),
                shipping=Money.zero(payment.currency),
                other=refundable(payment),
            )
        )


def tell_of_refund(request: HttpRequest, refund: Refund) -> None:
    """What became of it, in the clerk's words."""
    amount = {"amount": refund.money}
    if refund.state == RefundState.NEW:
        text = _(
            "Stripe does not answer. The refund of %(amount)s is written down and will be asked "
            "for again; you need do nothing."
        )
        messages.warning(request, text % amount)
    elif refund.state in NOT_GIVEN:
        text = _("Stripe refused to give back %(amount)s; the timeline says what it answered.")
        messages.error(request, text % amount)
    else:
        messages.success(request, _("%(amount)s are on their way back.") % amount)


def _refund_of(submission: UUID | None) -> Refund | None:
    return Refund.objects.filter(submission=submission).first() if submission else None
