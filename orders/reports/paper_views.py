"""The report of invoices: all of some days, each as its file, or all of them as a zip.

Papers name people and where they live, so it takes the right to take orders along, and not only
that to see figures.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from orders.export_log import PAPERS_EXPORTED
from orders.pdf_answer import paper_answer
from orders.reports.paper_zip import zip_of_papers
from orders.reports.papers import PaperRow, find_paper, paper_rows, papers_of
from orders.reports.taxes import taxes_by_rate
from products.admin.permissions import staff_user
from shopsite.cms.export_log import note_export
from shopsite.cms.reports.choosing import FROM, TO, DaysFilterSet, chosen_days, with_usual_days
from shopsite.cms.reports.columns import CURRENCY, ReportColumn, add_up, amount_column
from shopsite.cms.reports.days import Days, shop_today, this_month
from shopsite.cms.reports.view import FiguresOfDaysReport, Totals

TAKE_ORDERS_ALONG = "orders.export_order"
AMOUNTS = (
    amount_column("net", _("Without tax")),
    amount_column("tax", _("Tax")),
    amount_column("gross", _("With tax")),
)


class InvoicesReport(FiguresOfDaysReport):
    page_title = _("Invoices")
    header_icon = "doc-full"
    permission = TAKE_ORDERS_ALONG
    index_url_name = "invoices_report"
    index_results_url_name = "invoices_report_results"
    results_template_name = "orders/admin/invoices_report_results.html"
    explanation = _(
        "Every invoice and credit note of these days, as it was sent. Credit notes are below zero. "
        "The zip holds the files and a table of them with the hash of each."
    )
    nothing_found = _("No invoice was issued in these days.")
    paginate_by = 50
    figures = (
        ReportColumn("number", _("Number"), url="file_url"),
        ReportColumn("kind", _("Kind")),
        ReportColumn("day", _("Day")),
        ReportColumn("order", _("Order"), url="order_url"),
        ReportColumn("country", _("Country"), shown="country_name"),
        CURRENCY,
        *AMOUNTS,
        ReportColumn("sha256", _("SHA-256"), is_on_page=False),
    )

    def rows_of(self, days: Days) -> Any:
        return papers_of(days)

    def find_totals(self) -> Totals:
        """From the report of tax, which adds up the same papers."""
        return add_up(AMOUNTS, taxes_by_rate(self.days)) if self.days else []

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[PaperRow]:
        may_see = self.request.user.has_perm("orders.view_order")
        return list(paper_rows(object_list, links_to_orders=may_see))

    @property
    def zip_url(self) -> str:
        """Of the days that are shown."""
        if self.days is None:
            return ""
        days = {FROM: str(self.days.first or ""), TO: str(self.days.last or "")}
        return f"{reverse('invoices_report_zip')}?{urlencode(days)}"


@require_safe
def paper_file(request: HttpRequest, number: str) -> HttpResponse:
    _check_right(request)
    paper = find_paper(number)
    if paper is None:
        raise Http404
    return paper_answer(request, paper, back=reverse("invoices_report"))


@require_safe
def papers_zip(request: HttpRequest) -> HttpResponseBase:
    """Sent while it is made, and noted in the history of the site before. For days that there are
    not the report says what is wrong."""
    _check_right(request)
    asked = with_usual_days(request.GET, days=this_month(shop_today()))
    days = chosen_days(DaysFilterSet(asked, queryset=Page.objects.none(), request=request))
    if days is None:
        return redirect(f"{reverse('invoices_report')}?{asked.urlencode()}")
    count = papers_of(days).count()
    note_export(PAPERS_EXPORTED, user=staff_user(request), count=count, file_format="zip")
    response = StreamingHttpResponse(zip_of_papers(days), content_type="application/zip")
    name = f"invoices-{days.first or ''}-{days.last or ''}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def paper_urls() -> list[URLPattern]:
    return [
        path("reports/invoices/all.zip", papers_zip, name="invoices_report_zip"),
        path("reports/invoices/<slug:number>.pdf", paper_file, name="invoices_report_file"),
    ]


def _check_right(request: HttpRequest) -> None:
    if not request.user.has_perm(TAKE_ORDERS_ALONG):
        raise PermissionDenied
