"""The report "Compare with Stripe" in Wagtail's menu of reports."""

from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from checkout.gateway import GatewayRejected, GatewayUnavailable, TooMuch
from checkout.reconciliation.comparing import Comparison, compare_books
from checkout.reconciliation.rows import ApplyColumn, DifferenceRow, row_of
from shopsite.cms.reports.choosing import Spans
from shopsite.cms.reports.columns import ReportColumn
from shopsite.cms.reports.days import Days, last_days
from shopsite.cms.reports.view import FiguresOfDaysReport, Totals

VIEW, APPLY = "checkout.view_reconciliation", "checkout.apply_reconciliation"
USUAL_DAYS = 7
MOST_DAYS = 31

ALL_AGREES = _("Stripe and the shop agree about all of these days.")
NOTHING_THERE = _("No payment or refund in these days, neither at Stripe nor here.")
NO_ANSWER = _("Stripe does not answer now, so nothing was compared. Please try again later.")
REFUSED = _("Stripe refused to be asked. Whoever looks after this software should check its key.")
BOTH_ENDS = _("Choose a first and a last day.")
TOO_MUCH = _("These days hold more than can be compared at once. Please choose fewer.")


class ReconciliationReport(FiguresOfDaysReport):
    page_title = _("Compare with Stripe")
    header_icon = "resubmit"
    permission = VIEW
    index_url_name = "reconciliation_report"
    index_results_url_name = "reconciliation_report_results"
    figures = (
        ReportColumn("day", _("Day")),
        ReportColumn("what", _("What differs")),
        ReportColumn("order", _("Order"), url="order_url"),
        ReportColumn("reference", _("Payment or refund"), url="reference_url"),
        ReportColumn("currency", _("Currency"), is_on_page=False),
        ReportColumn("there", _("At Stripe"), is_number=True),
        ReportColumn("here", _("Here"), is_number=True),
        ApplyColumn("apply", _("What can be done"), is_taken_along=False),
    )
    problem: str | Promise = ""

    @property
    def explanation(self) -> str:  # type: ignore[override]
        """What was compared, also when nothing differs."""
        words = [str(_("What Stripe and the shop know of payments and refunds, to the cent."))]
        if self.comparison is not None:
            agreed, foreign = self.comparison.agreed, self.comparison.foreign
            if agreed or self.comparison.differences:
                words.append(ngettext("%d entry agrees.", "%d entries agree.", agreed) % agreed)
            if foreign:
                text = ngettext(
                    "%d entry belongs to other software on the same Stripe account.",
                    "%d entries belong to other software on the same Stripe account.",
                    foreign,
                )
                words.append(text % foreign)
        return " ".join(words)

    @property
    def nothing_found(self) -> Promise:  # type: ignore[override]
        """Agreeing is said of something: of empty days it would sound like a result."""
        found = self.comparison
        return NOTHING_THERE if found and not found.agreed and not found.foreign else ALL_AGREES

    def default_days(self, today: date) -> Days:
        return last_days(USUAL_DAYS, until=today)

    def spans(self, today: date) -> Spans:
        return [
            (_("Last 7 days"), self.default_days(today)),
            (_("Last 31 days"), last_days(MOST_DAYS, until=today)),
        ]

    def rows_of(self, days: Days) -> list[DifferenceRow]:
        if self.comparison is None:
            return []
        user = self.request.user
        return [
            row_of(
                one,
                links_to_orders=user.has_perm("orders.view_order"),
                may_apply=user.has_perm(APPLY),
            )
            for one in self.comparison.differences
        ]

    def find_totals(self) -> Totals:
        """None: what differs in different ways has no sum."""
        return []

    @cached_property
    def comparison(self) -> Comparison | None:
        """None, with the reason in `problem`, when there is none to be had."""
        days = self.days
        if days is None:
            return None
        if days.first is None or days.last is None or not days.begin or not days.end:
            self.problem = BOTH_ENDS
            return None
        if (days.last - days.first).days >= MOST_DAYS:
            self.problem = TOO_MUCH
            return None
        try:
            return compare_books(days.begin, days.end)
        except GatewayUnavailable:
            self.problem = NO_ANSWER
        except GatewayRejected:
            self.problem = REFUSED
        except TooMuch:
            self.problem = TOO_MUCH
        return None

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        """No file at all rather than an empty one, which would say that all is well."""
        if self.is_export and self.problem:
            messages.error(self.request, self.problem)
            query = self.request.GET.copy()
            query.pop("export", None)
            return redirect(f"{reverse(self.index_url_name)}?{query.urlencode()}")
        return super().render_to_response(context, **kwargs)
