"""What was sold most, by product."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from orders.models import OrderLine
from orders.reports.goods import SoldGoods, by_product, sold_goods
from products.models import ProductPage
from shopsite.cms.reports.days import Days
from shopsite.lib.money import Money


@dataclass(frozen=True)
class ProductSales:
    """`product_id` is None when the product was deleted; then it has the name it was sold by. The
    revenue holds its tax, and refunds are not taken off."""

    product_id: int | None
    name: str
    currency: str
    pieces: int
    revenue: Money
    refunded_pieces: int
    page_url: str = ""


def best_sellers(days: Days, *, lines: QuerySet[OrderLine] | None = None) -> list[ProductSales]:
    """By pieces sold, of all lines of orders or of these, in two queries. Pieces count as refunded
    on the day of their refund, whenever they were sold."""
    found = [_sales(goods) for goods in sold_goods(days, by_product, lines=lines)]
    return sorted(found, key=lambda one: (-one.pieces, -one.revenue.amount, one.name, one.currency))


def with_page_urls(rows: Iterable[ProductSales], user: User) -> list[ProductSales]:
    """With the editor of each product's page, where the person may change it. The number of queries
    does not depend on how many there are."""
    rows = list(rows)
    policy = policy_registry.get_by_type(Page)
    editable = policy.instances_user_has_permission_for(user, "change")
    pages = ProductPage.objects.filter(
        product__in={row.product_id for row in rows if row.product_id}, pk__in=editable.values("pk")
    )
    found = dict(pages.order_by("-pk").values_list("product_id", "pk"))
    return [replace(row, page_url=_edit_url(found.get(row.product_id or 0))) for row in rows]


def _edit_url(page_id: int | None) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""


def _sales(goods: SoldGoods) -> ProductSales:
    product_id, name = goods.key
    return ProductSales(
        product_id=product_id,
        name=name,
        currency=goods.currency,
        pieces=goods.pieces,
        revenue=goods.revenue,
        refunded_pieces=goods.refunded_pieces,
    )
