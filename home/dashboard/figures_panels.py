"""The panels of figures on the first page of the admin: what was sold, by which stories, and what
is running low."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.forms import Media
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.ui.components import Component

from home.dashboard.sales import recent_sales
from home.dashboard.stories import best_stories
from orders.reports.page_figures import PAGES_REPORT
from orders.reports.rights import SEE_PAGE_SALES, SEE_SALES
from products.admin.filters import LOW, low_records
from products.models import StockRecord
from shopsite.cms.reports.days import shop_today

KEEP_STOCK = "products.change_stockrecord"
SHOWN_LOW = 8


class FiguresPanel(Component):
    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def media(self) -> Media:
        return Media(css={"all": ["css/admin/dashboard-figures.css"]})


class SalesPanel(FiguresPanel):
    name = "sales"
    template_name = "home/admin/sales_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "sales": recent_sales(self.user, today=shop_today()),
            "sales_url": reverse("sales_report"),
            "best_sellers_url": reverse("best_sellers_report"),
        }


class StoriesPanel(FiguresPanel):
    name = "stories"
    template_name = "home/admin/stories_panel.html"
    order = 65

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "stories": best_stories(self.user, today=shop_today()),
            "report_url": reverse(PAGES_REPORT),
        }


@dataclass(frozen=True)
class LowStock:
    label: str
    available: int
    url: str


class LowStockPanel(FiguresPanel):
    name = "low-stock"
    template_name = "home/admin/low_stock_panel.html"
    order = 70

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.found = low_stock()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        query = urlencode({"state": LOW})
        return {
            "low": self.found[:SHOWN_LOW],
            "has_more": len(self.found) > SHOWN_LOW,
            "stock_url": f"{reverse('stock_admin:index')}?{query}",
        }


def low_stock() -> list[LowStock]:
    """The scarcest first, in one query; one more than is shown, to know of more."""
    records = low_records(StockRecord.objects.select_related("variant__product"))
    records = records.annotate(left=F("on_hand") - F("allocated"))
    return [
        LowStock(
            str(record.variant), record.available, reverse("stock_admin:edit", args=[record.pk])
        )
        for record in records.order_by("left", "variant__product__name", "pk")[: SHOWN_LOW + 1]
    ]


def figures_panels(user: User) -> Iterator[FiguresPanel]:
    """What the person may see. What is running low is shown only when something is."""
    if user.has_perm(SEE_SALES):
        yield SalesPanel(user)
    if user.has_perm(SEE_PAGE_SALES):
        yield StoriesPanel(user)
    if user.has_perm(KEEP_STOCK):
        panel = LowStockPanel(user)
        if panel.found:
            yield panel
