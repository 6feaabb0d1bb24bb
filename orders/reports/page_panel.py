"""What a page sold, beside its editor: in the currency of the shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from orders.reports.block_sales import BlockSales, sales_by_block
from orders.reports.goods import SoldGoods, all_together, by_product, sold_goods
from orders.reports.page_figures import blocks_url
from orders.reports.page_sales import lines_of_page
from orders.reports.rights import SEE_PAGE_SALES, may_see_sales_of
from shopsite.cms.reports.days import Days, last_days, shop_today
from shopsite.cms.stored_streams import stream_fields

Row = TypeVar("Row", bound=SoldGoods)
SPAN = 30
SHOWN = 5
EVER = Days(None, None)


@dataclass(frozen=True)
class SpanSales:
    label: str | Promise
    goods: SoldGoods


class PageSalesSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle what this sold")
        icon_name = "shop-storefront"
        has_counter = False

    name = "page-sales"
    title = _("What this sold")
    template_name = "orders/admin/page_sales_panel.html"
    order = 350

    @property
    def recent_days(self) -> Days:
        return last_days(SPAN, until=shop_today())

    @cached_property
    def spans(self) -> list[SpanSales]:
        """The last days and all time; empty for a page that never sold anything."""
        ever = self._totals(EVER) if self.object.pk else []
        if not ever:
            return []
        recent = self._totals(self.recent_days) or [SoldGoods.none(settings.SHOP_CURRENCY)]
        return [
            SpanSales(_("In the last 30 days"), recent[0]),
            SpanSales(_("Since the beginning"), ever[0]),
        ]

    @property
    def products(self) -> list[SoldGoods]:
        """Those that brought most since the beginning."""
        found = sold_goods(EVER, by_product, lines=lines_of_page(self.object.pk))
        return sorted(_in_shop_currency(found), key=lambda one: -one.kept.amount)[:SHOWN]

    @property
    def blocks(self) -> list[BlockSales]:
        return _in_shop_currency(sales_by_block(EVER, self.object.pk))[:SHOWN]

    def _totals(self, days: Days) -> list[SoldGoods]:
        lines = lines_of_page(self.object.pk)
        return _in_shop_currency(sold_goods(days, all_together, lines=lines))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = self.object.pk
        return {**context, "report_url": blocks_url(page, self.recent_days) if page else ""}


def page_sales_side_panel(page: Any, request: HttpRequest) -> PageSalesSidePanel | None:
    """For who may see it, beside a page that can hold a form of a product. Also beside a new one:
    when that saves itself for the first time, Wagtail puts each panel where one was before."""
    if not stream_fields(type(page)):
        return None
    may_see = (
        may_see_sales_of(request.user, page.pk)
        if page.pk
        else request.user.has_perm(SEE_PAGE_SALES)
    )
    return PageSalesSidePanel(page, request) if may_see else None


def _in_shop_currency(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.currency == settings.SHOP_CURRENCY]
