"""Goods that were sold and given back, added up by what they have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Count, Expression, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from orders.models import OrderLine, RefundLine
from orders.reports.sales import INVOICED, money
from shopsite.cms.reports.days import Days, within
from shopsite.lib.money import Money

# What to group lines by, for a prefix that leads to them.
Keys = Callable[[str], Mapping[str, Expression | F]]


@dataclass(frozen=True)
class SoldGoods:
    """`key` holds the values that these goods share. Revenue and refunds hold their tax; a refund
    is what the given back pieces cost, not what was given back for none of them."""

    key: tuple[Any, ...]
    currency: str
    orders: int
    pieces: int
    revenue: Money
    refunded_pieces: int
    refunded: Money

    @classmethod
    def none(cls, currency: str, *key: Any) -> Self:
        nothing = Money.zero(currency)
        return cls(key, currency, 0, 0, nothing, 0, nothing)

    @property
    def kept(self) -> Money:
        return self.revenue - self.refunded


def by_product(prefix: str) -> Mapping[str, Expression | F]:
    """The product, and the name it has now or was sold by."""
    name = Coalesce(f"{prefix}variant__product__name", f"{prefix}title")
    return {"product": F(f"{prefix}variant__product_id"), "label": name}


def all_together(prefix: str) -> Mapping[str, Expression | F]:
    return {}


def by_page(prefix: str) -> Mapping[str, Expression | F]:
    return {"page": F(f"{prefix}source_page_id")}


def by_block(prefix: str) -> Mapping[str, Expression | F]:
    return {"block": F(f"{prefix}source_block_id")}


def sold_goods(
    days: Days, keys: Keys, *, lines: QuerySet[OrderLine] | None = None
) -> list[SoldGoods]:
    """Of all lines of orders, or of these, in two queries and in no order. Pieces count as refunded
    on the day of their refund, whenever they were sold."""
    found = {_key(row): _sold(row) for row in _sales(days, keys, lines)}
    for row in _refunds(days, keys, lines):
        refunded = money(row["refunded"], row["of"])
        sold = found.get(_key(row)) or _sold(row)
        found[_key(row)] = replace(sold, refunded_pieces=row["given_back"], refunded=refunded)
    return list(found.values())


def _sales(days: Days, keys: Keys, lines: QuerySet[OrderLine] | None) -> QuerySet[Any, Any]:
    rows = OrderLine.objects.all() if lines is None else lines
    return (
        rows.filter(within(days, f"order__{INVOICED}"))
        .values(**keys(""), of=F("order__currency"))
        .annotate(
            orders=Count("order", distinct=True), pieces=Sum("quantity"), revenue=Sum("line_total")
        )
        .order_by()
    )


def _refunds(days: Days, keys: Keys, lines: QuerySet[OrderLine] | None) -> QuerySet[Any, Any]:
    rows = RefundLine.objects.filter(
        within(days, "refund__settled_at"), refund__order__invoice__isnull=False
    )
    if lines is not None:
        rows = rows.filter(order_line__in=lines)
    return (
        rows.values(**keys("order_line__"), of=F("refund__currency"))
        .annotate(given_back=Sum("quantity"), refunded=Sum("amount"))
        .order_by()
    )


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The currency and the values of the keys, in the order they were asked for."""
    summed = ("of", "orders", "pieces", "revenue", "given_back", "refunded")
    return (row["of"], *(value for name, value in row.items() if name not in summed))


def _sold(row: Mapping[str, Any]) -> SoldGoods:
    currency, *key = _key(row)
    return replace(
        SoldGoods.none(currency, *key),
        orders=row.get("orders", 0),
        pieces=row.get("pieces", 0),
        revenue=money(row.get("revenue"), currency),
    )
