"""The reports of sales in Wagtail's menu of reports."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from orders.reports.best_sellers import ProductSales, best_sellers, with_page_urls
from orders.reports.paper_views import InvoicesReport
from orders.reports.refunds import RefundRow, given_back, refund_rows, refunds_of
from orders.reports.rights import SEE_SALES
from orders.reports.sales import DayOfSales, sales_by_day
from orders.reports.taxes import TaxOfRate, taxes_by_rate
from products.admin.permissions import staff_user
from shopsite.cms.reports.columns import CURRENCY, ReportColumn, amount_column
from shopsite.cms.reports.days import Days
from shopsite.cms.reports.view import FiguresOfDaysReport, Totals

NOTHING_SOLD = _("Nothing was sold or given back in these days.")


class SalesReport(FiguresOfDaysReport):
    page_title = _("Sales by day")
    header_icon = "calendar-alt"
    permission = SEE_SALES
    index_url_name = "sales_report"
    index_results_url_name = "sales_report_results"
    explanation = _(
        "A sale counts on the day of its invoice, a refund on the day of its credit note. Revenue "
        "includes tax and delivery."
    )
    nothing_found = NOTHING_SOLD
    figures = (
        ReportColumn("day", _("Day")),
        CURRENCY,
        amount_column("orders", _("Orders")),
        amount_column("pieces", _("Pieces")),
        amount_column("revenue", _("Revenue")),
        amount_column("tax", _("Of it tax")),
        amount_column("shipping", _("Of it delivery")),
        amount_column("refunded", _("Refunded")),
        amount_column("kept", _("Revenue less refunds")),
    )

    def rows_of(self, days: Days) -> list[DayOfSales]:
        return sales_by_day(days)


class TaxReport(FiguresOfDaysReport):
    page_title = _("Tax by country and rate")
    header_icon = "decimal"
    permission = SEE_SALES
    index_url_name = "tax_report"
    index_results_url_name = "tax_report_results"
    explanation = _(
        "What the invoices of these days say, less the credit notes of these days, to the cent. "
        "The country is where the order was sent."
    )
    nothing_found = NOTHING_SOLD
    figures = (
        ReportColumn("country", _("Country"), shown="country_name"),
        ReportColumn("rate", _("Rate in percent"), shown="rate_label", is_number=True),
        CURRENCY,
        amount_column("invoiced", _("Invoiced, with tax")),
        amount_column("refunded", _("Refunded, with tax")),
        amount_column("gross", _("Left, with tax")),
        amount_column("net", _("Left, without tax")),
        amount_column("tax", _("Tax")),
    )

    def rows_of(self, days: Days) -> list[TaxOfRate]:
        return taxes_by_rate(days)


class RefundsReport(FiguresOfDaysReport):
    page_title = _("Refunds")
    header_icon = "resubmit"
    permission = SEE_SALES
    index_url_name = "refunds_report"
    index_results_url_name = "refunds_report_results"
    explanation = _(
        "Each on the day that Stripe took it on, or was asked for it. What failed or was canceled "
        "is listed and not in the total."
    )
    nothing_found = _("No money was given back in these days.")
    paginate_by = 50
    figures = (
        ReportColumn("day", _("Day")),
        ReportColumn("order", _("Order"), url="order_url"),
        CURRENCY,
        amount_column("amount", _("Amount")),
        ReportColumn("state", _("State")),
        ReportColumn("reason", _("Message to the customer")),
        ReportColumn("credit_note", _("Credit note")),
        ReportColumn("who", _("By")),
    )

    def rows_of(self, days: Days) -> Any:
        return refunds_of(days)

    def find_totals(self) -> Totals:
        sums = given_back(self.rows) if self.days else []
        return [(currency, {"amount": amount}) for currency, amount in sums]

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[RefundRow]:
        may_see = self.request.user.has_perm("orders.view_order")
        return refund_rows(object_list, links_to_orders=may_see)


class BestSellersReport(FiguresOfDaysReport):
    page_title = _("Best sellers")
    header_icon = "pick"
    permission = SEE_SALES
    index_url_name = "best_sellers_report"
    index_results_url_name = "best_sellers_report_results"
    explanation = _(
        "Products by the pieces that were invoiced. Revenue includes tax, and refunds are not "
        "taken off it; refunded pieces count on the day of their refund."
    )
    nothing_found = NOTHING_SOLD
    figures = (
        ReportColumn("name", _("Product"), url="page_url"),
        CURRENCY,
        amount_column("pieces", _("Pieces")),
        amount_column("revenue", _("Revenue")),
        amount_column("refunded_pieces", _("Refunded pieces")),
    )

    def rows_of(self, days: Days) -> list[ProductSales]:
        return best_sellers(days)

    def decorate_paginated_queryset(self, object_list: list[ProductSales]) -> list[ProductSales]:
        if self.is_export:
            return object_list
        return with_page_urls(object_list, staff_user(self.request))


REPORTS = (
    ("sales", SalesReport),
    ("tax", TaxReport),
    ("refunds", RefundsReport),
    ("best-sellers", BestSellersReport),
    ("invoices", InvoicesReport),
)
