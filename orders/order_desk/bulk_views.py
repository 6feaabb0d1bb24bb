"""What is done with many orders of the list at once. Each is a POST with a right of its own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from orders.invoice_prints import print_invoices
from orders.many_parcels import LeftOut, plan_slips
from orders.models import Order
from orders.order_desk.action_view import number_of
from orders.order_desk.list_view import OrderIndexView
from orders.packing_slips import packing_slips_pdf
from orders.pdf_answer import pdf_answer
from shopsite.lib.pdf import PdfError

MOST = 200  # Orders at once: what a person waits for, and what fits into one stack of paper.
NAMED = 10  # Of what is left out, by number and reason; the rest is counted.


class ManyOrdersView(OrderIndexView):
    """The orders that are checked, or all of the list as the address narrows it."""

    def is_allowed(self, user: User | AnonymousUser) -> bool:
        raise NotImplementedError

    def act(self, orders: Sequence[Order]) -> HttpResponseBase:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        orders = self.chosen()
        if not orders:
            messages.warning(request, _("Check the orders first that it is about."))
            return self.back_to_list()
        if len(orders) > MOST:
            words = _("These are more than %(most)d orders. Narrow the list, and do it in parts.")
            messages.warning(request, words % {"most": MOST})
            return self.back_to_list()
        return self.act(orders)

    def chosen(self) -> list[Order]:
        """In the order of the list; one more than may be, if they are too many."""
        if self.request.POST.get("all"):
            found = self.queryset
        else:
            pks = {number_of(text) for text in self.request.POST.getlist("order")}
            found = self.get_base_queryset().filter(pk__in=list(pks)[: MOST + 1])
            found = found.order_by(*self.model_admin.ordering)
        return list(found.prefetch_related("lines")[: MOST + 1])

    def back_to_list(self) -> HttpResponse:
        return redirect(self.index_url + self.get_query_string())

    def tell_left_out(self, left_out: Sequence[LeftOut]) -> None:
        if left_out:
            messages.warning(self.request, words_for(left_out))


class PackingSlipsView(ManyOrdersView):
    def is_allowed(self, user: User | AnonymousUser) -> bool:
        return self.permission_helper.user_can_list(user)

    def act(self, orders: Sequence[Order]) -> HttpResponseBase:
        plan = plan_slips(orders)
        self.tell_left_out(plan.left_out)
        if not plan.ready:
            return self.back_to_list()
        try:
            pdf = packing_slips_pdf(plan.ready)
        except PdfError:
            return tell_no_pdf(self)
        return pdf_answer(pdf, f"packing-slips-{timezone.localdate()}")


class InvoicesView(ManyOrdersView):
    def is_allowed(self, user: User | AnonymousUser) -> bool:
        return self.permission_helper.user_can_list(user)

    def act(self, orders: Sequence[Order]) -> HttpResponseBase:
        try:
            pdf, printed = print_invoices(orders)
        except PdfError:
            return tell_no_pdf(self)
        self.tell_left_out(printed.left_out)
        if not printed.ready:
            return self.back_to_list()
        return pdf_answer(pdf, f"invoices-{timezone.localdate()}")


class ExportChosenView(ManyOrdersView):
    """As CSV or XLSX, by the button that was pressed."""

    def is_allowed(self, user: User | AnonymousUser) -> bool:
        return self.permission_helper.user_can_export(user)

    def act(self, orders: Sequence[Order]) -> HttpResponseBase:
        file_format = self.request.POST.get("format", "")
        if file_format not in self.FORMATS:
            file_format = self.FORMAT_CSV
        chosen = self.get_base_queryset().filter(pk__in=[order.pk for order in orders])
        return self.as_spreadsheet(chosen.order_by(*self.model_admin.ordering), file_format)


def tell_no_pdf(view: ManyOrdersView) -> HttpResponse:
    messages.error(view.request, _("The PDF cannot be typeset now. Please try again later."))
    return view.back_to_list()


def words_for(left_out: Sequence[LeftOut]) -> str:
    """One message about all of them."""
    named = [
        _("%(number)s: %(reason)s") % {"number": one.order.number, "reason": one.reason}
        for one in left_out[:NAMED]
    ]
    return " ".join([_("Left out:"), *named, *_rest(len(left_out) - NAMED)])


def _rest(count: int) -> Iterable[str]:
    return [_("And %(count)d more.") % {"count": count}] if count > 0 else []
