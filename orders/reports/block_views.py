"""The report of what the blocks of one page have sold."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from orders.reports.block_sales import BlockSales, sales_by_block
from orders.reports.page_figures import BLOCKS_REPORT, FIGURES, HOW_IT_IS_COUNTED, PAGES_REPORT
from orders.reports.page_sales import lines_of_page, page_names
from orders.reports.rights import SEE_PAGE_SALES, may_see_sales_of
from shopsite.cms.reports.columns import ReportColumn
from shopsite.cms.reports.days import Days
from shopsite.cms.reports.view import FiguresOfDaysReport


class BlockSalesReport(FiguresOfDaysReport):
    """Of one page, which may have been deleted since."""

    header_icon = "shop-story"
    permission = SEE_PAGE_SALES
    index_url_name = BLOCKS_REPORT
    index_results_url_name = f"{BLOCKS_REPORT}_results"
    explanation = HOW_IT_IS_COUNTED
    nothing_found = _("This page sold nothing in these days.")
    figures = (ReportColumn("name", _("Block")), *FIGURES)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page_id: int = kwargs["page_id"]
        if not may_see_sales_of(request.user, self.page_id):
            raise PermissionDenied
        if not self.is_known:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Page | None:
        found: Page | None = Page.objects.filter(pk=self.page_id).first()
        return found

    @property
    def is_known(self) -> bool:
        return self.page is not None or lines_of_page(self.page_id).exists()

    @cached_property
    def page_title(self) -> str:
        return gettext("Sold by “%(page)s”") % {"page": page_names([self.page_id])[self.page_id][0]}

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=[self.page_id])

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=[self.page_id])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *items, here = super().get_breadcrumbs_items()
        return [*items, {"url": reverse(PAGES_REPORT), "label": _("Sold by page")}, here]

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if self.page is None or not self.page.permissions_for_user(self.request.user).can_edit():
            return buttons
        url = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        edit = Button(_("Edit the page"), url=url, icon_name="edit", priority=10)
        return [edit, *buttons]

    def rows_of(self, days: Days) -> list[BlockSales]:
        return sales_by_block(days, self.page_id)


def block_sales_urls() -> list[URLPattern]:
    address, view = "reports/sold-by-stories/<int:page_id>/", BlockSalesReport
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(
            f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name
        ),
    ]
