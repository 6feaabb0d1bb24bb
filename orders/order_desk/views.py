"""The desk's pages about one order: all that is known of it, and its papers."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import InspectView, InstanceSpecificView

from orders.attention import concerns_by_order
from orders.many_parcels import reason_not_to_pack
from orders.models import Invoice, Order, Paper
from orders.order_desk.details import order_details
from orders.papers import correction_of
from orders.pdf_answer import paper_answer
from orders.refund_draft import main_payment, refundable
from orders.status import CANCELABLE, SHIPPABLE
from shopsite.lib.text import plain_line


class OrderInspectView(InspectView):
    def get_page_title(self) -> str:
        return _("Order %(number)s") % {"number": self.instance.number}

    def get_meta_title(self) -> str:
        return self.get_page_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        breadcrumbs = [
            {"url": self.index_url, "label": self.model_admin.get_menu_label()},
            {"url": "", "label": self.instance.number},
        ]
        details = order_details(self.instance.pk)
        concerns = concerns_by_order([self.instance.pk]).get(self.instance.pk, [])
        return super().get_context_data(
            details=details,
            concerns=concerns,
            invoice_url=self.url_helper.get_action_url("invoice", self.pk_quoted),
            credit_note_url=self.url_helper.get_action_url("credit_note", self.pk_quoted),
            **self._action_urls(details.order),
            breadcrumbs_items=breadcrumbs,
            header_title=self.get_page_title(),
            **kwargs,
        )

    def _action_urls(self, order: Order) -> dict[str, str]:
        """Of what this person may do with this order now."""
        may, user = self.permission_helper, self.request.user
        payment = main_payment(order)
        allowed = {
            "ship": may.user_can_ship(user) and order.status in SHIPPABLE,
            "packing_slip": not reason_not_to_pack(order),
            "settle": may.user_can_refund(user),
            "delivered": may.user_can_ship(user),
            "refund": may.user_can_refund(user) and payment is not None and refundable(payment),
            "resend": may.user_can_resend(user),
            "refund_payment": may.user_can_refund(user),
            "cancel": may.user_can_cancel(user, order) and order.status in CANCELABLE,
        }
        return {
            f"{action}_url": self.url_helper.get_action_url(action, self.pk_quoted)
            for action, is_allowed in allowed.items()
            if is_allowed
        }


class PaperView(InstanceSpecificView):
    """The file that the shopper got."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)

    def find_paper(self, request: HttpRequest) -> Paper | None:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = self.find_paper(request)
        if paper is None:
            raise Http404(_("This order has none."))
        back = self.url_helper.get_action_url("inspect", self.pk_quoted)
        return paper_answer(request, paper, back=back)


class OrderInvoiceView(PaperView):
    def find_paper(self, request: HttpRequest) -> Invoice | None:
        return Invoice.objects.filter(order=self.instance).first()


class OrderCreditNoteView(PaperView):
    """The one whose number the address names."""

    def find_paper(self, request: HttpRequest) -> Paper | None:
        return correction_of(self.instance, plain_line(request.GET.get("number", ""), 30))
