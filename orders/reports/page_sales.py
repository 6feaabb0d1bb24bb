"""What was sold from which page: a story, a landing page, a product's own page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from orders.models import OrderLine
from orders.reports.goods import SoldGoods, by_page, sold_goods
from shopsite.cms.reports.days import Days


@dataclass(frozen=True)
class PageSales(SoldGoods):
    """`kind` is the type of the page, `url` leads to its blocks. An order with goods of two pages
    is an order of both."""

    name: str
    kind: str
    url: str = ""

    @property
    def page_id(self) -> int | None:
        """None for what was added nobody knows where."""
        page_id: int | None = self.key[0]
        return page_id


def lines_of_pages(pages: QuerySet[Page]) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(source_page_id__in=pages.order_by().values("pk"))


def lines_of_page(page_id: int) -> QuerySet[OrderLine]:
    """Also of one that was deleted."""
    return OrderLine.objects.filter(source_page_id=page_id)


def sales_by_page(days: Days, *, lines: QuerySet[OrderLine] | None = None) -> list[PageSales]:
    """Of all lines of orders, or of these; what brought most first, and last what nobody knows. In
    four queries. A page that was deleted has the name that it had when it last sold something."""
    found = sold_goods(days, by_page, lines=lines)
    names = page_names({page_id for goods in found for page_id in goods.key if page_id})
    unknown = (_("Not known"), "")
    rows = [_row(goods, *names.get(goods.key[0], unknown)) for goods in found]
    return sorted(
        rows, key=lambda row: (row.page_id is None, -row.kept.amount, row.name, row.currency)
    )


def page_names(page_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and type of each page, in two queries, whether or not it is still there."""
    pages = Page.objects.filter(pk__in=page_ids)
    known = {page.pk: (page.title, str(page.page_type_display_name)) for page in pages}
    gone = set(page_ids) - known.keys()
    titles = dict(_last_titles(gone)) if gone else {}
    deleted = _("Deleted page")
    return known | {page_id: (titles.get(page_id) or deleted, deleted) for page_id in gone}


def _last_titles(page_ids: Iterable[int]) -> QuerySet[OrderLine, tuple[int | None, str]]:
    lines = OrderLine.objects.filter(source_page_id__in=page_ids).order_by()
    newest = lines.values("source_page_id").annotate(newest=Max("pk")).values("newest")
    return OrderLine.objects.filter(pk__in=newest).values_list(
        "source_page_id", "source_page_title"
    )


def _row(goods: SoldGoods, name: str, kind: str) -> PageSales:
    return PageSales(**vars(goods), name=name, kind=kind)
