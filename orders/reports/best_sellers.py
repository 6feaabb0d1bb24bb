"""What was sold most, by product."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from orders.models import OrderLine, RefundLine
from orders.reports.sales import INVOICED, money
from products.models import ProductPage
from shopsite.cms.reports.days import Days, within
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


Key = tuple[int | None, str, str]


def best_sellers(days: Days) -> list[ProductSales]:
    """By pieces sold, in two queries. Pieces count as refunded on the day of their refund, whenever
    they were sold."""
    found = {_key(row): _sold(row) for row in _lines(days)}
    for row in _refunded(days):
        sales = found.get(_key(row)) or _sold(row)
        found[_key(row)] = replace(sales, refunded_pieces=row["refunded"])
    return sorted(
        found.values(), key=lambda one: (-one.pieces, -one.revenue.amount, one.name, one.currency)
    )


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


def _lines(days: Days) -> QuerySet[Any, Any]:
    rows = OrderLine.objects.filter(within(days, f"order__{INVOICED}"))
    return (
        rows.values(
            product_key=F("variant__product_id"),
            label=Coalesce("variant__product__name", "title"),
            of=F("order__currency"),
        )
        .annotate(pieces=Sum("quantity"), revenue=Sum("line_total"))
        .order_by()
    )


def _refunded(days: Days) -> QuerySet[Any, Any]:
    rows = RefundLine.objects.filter(
        within(days, "refund__settled_at"), refund__order__invoice__isnull=False
    )
    return (
        rows.values(
            product_key=F("order_line__variant__product_id"),
            label=Coalesce("order_line__variant__product__name", "order_line__title"),
            of=F("refund__currency"),
        )
        .annotate(refunded=Sum("quantity"))
        .order_by()
    )


def _key(row: dict[str, Any]) -> Key:
    return row["product_key"], row["label"], row["of"]


def _sold(row: dict[str, Any]) -> ProductSales:
    return ProductSales(
        product_id=row["product_key"],
        name=row["label"],
        currency=row["of"],
        pieces=row.get("pieces", 0),
        revenue=money(row.get("revenue"), row["of"]),
        refunded_pieces=0,
    )
