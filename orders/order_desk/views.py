"""The desk's pages: the list with its exports, one order, and the invoice of one."""

from tempfile import TemporaryFile
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_modeladmin.views import IndexView, InspectView, InstanceSpecificView

from orders.exports import export_csv, export_xlsx
from orders.invoices import invoice_pdf
from orders.models import CreditNote, Invoice, Order
from orders.order_desk.details import order_details
from orders.refund_draft import main_payment, refundable
from orders.status import CANCELABLE, SHIPPABLE
from shopsite.lib.pdf import PdfError
from shopsite.lib.text import plain_line


class OrderIndexView(IndexView):
    def get_filters_params(self, params: QueryDict | None = None) -> dict[str, list[str]]:
        """Only what the filters offer. modeladmin hands any parameter of the address to the
        database, so that a clerk could ask for `events__user__password__startswith`, and a
        misspelled one is an error 500."""
        known = {list_filter.parameter_name for list_filter in self.list_filter}
        given = super().get_filters_params(params)
        return {name: values for name, values in given.items() if name in known}

    def as_spreadsheet(
        self, queryset: QuerySet[Order], spreadsheet_format: str
    ) -> HttpResponseBase:
        if not self.model_admin.permission_helper.user_can_export(self.request.user):
            raise PermissionDenied
        filename = f"orders-{timezone.localdate()}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_XLSX:
            workbook = TemporaryFile()  # noqa: SIM115 - the response closes it.
            export_xlsx(queryset, workbook)
            workbook.seek(0)
            return FileResponse(workbook, as_attachment=True, filename=filename)
        response = StreamingHttpResponse(export_csv(queryset), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        context["elided_page_range"] = page.paginator.get_elided_page_range(page.number)
        context["breadcrumbs_items"] = [{"url": self.index_url, "label": self.get_page_title()}]
        return context


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
        return super().get_context_data(
            details=details,
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
    """The PDF that the shopper got, made again of its frozen content."""

    def check_action_permitted(self, user: AbstractBaseUser) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)

    def find_paper(self, request: HttpRequest) -> Invoice | CreditNote | None:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = self.find_paper(request)
        if paper is None:
            raise Http404(_("This order has none."))
        try:
            pdf = invoice_pdf(paper)
        except PdfError:
            messages.error(request, _("The PDF cannot be typeset now. Please try again later."))
            return redirect(self.url_helper.get_action_url("inspect", self.pk_quoted))
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{paper.number}.pdf"'
        return response


class OrderInvoiceView(PaperView):
    def find_paper(self, request: HttpRequest) -> Invoice | None:
        return Invoice.objects.filter(order=self.instance).first()


class OrderCreditNoteView(PaperView):
    """The one whose number the address names."""

    def find_paper(self, request: HttpRequest) -> CreditNote | None:
        number = plain_line(request.GET.get("number", ""), 30)
        return CreditNote.objects.filter(invoice__order=self.instance, number=number).first()
