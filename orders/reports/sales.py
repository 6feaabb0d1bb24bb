"""Sales by day."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from orders.models import CreditNote, Order, OrderLine, Reversal
from shopsite.cms.reports.days import Days, day_of, within
from shopsite.lib.money import Money

INVOICED = "invoice__issued_at"


@dataclass(frozen=True)
class DayOfSales:
    """The amounts hold their tax; `revenue` holds tax and delivery."""

    day: date
    currency: str
    orders: int
    pieces: int
    revenue: Money
    tax: Money
    shipping: Money
    refunded: Money

    @property
    def kept(self) -> Money:
        return self.revenue - self.refunded


def sales_by_day(days: Days) -> list[DayOfSales]:
    """The days on which something was sold or given back, in four queries. Amounts are stored in
    whole steps of their currency, so that the database may add them up."""
    found = {_key(row): _day(row) for row in _orders(days)}
    for row in _pieces(days):
        found[_key(row)] = replace(found.get(_key(row)) or _day(row), pieces=row["pieces"])
    for sign, rows in ((1, _refunds(days)), (-1, _reversed(days))):
        for row in rows:
            day = found.get(_key(row)) or _day(row)
            refunded = day.refunded + money(row["refunded"], row["of"]) * sign
            found[_key(row)] = replace(day, refunded=refunded)
    return [found[key] for key in sorted(found)]


def money(amount: Decimal | None, currency: str) -> Money:
    """A sum of the database, which SQLite reckons in binary fractions, in whole steps."""
    return Money(amount or Decimal(0), currency).quantize()


def _orders(days: Days) -> QuerySet[Any, Any]:
    return (
        Order.objects.filter(within(days, INVOICED))
        .values(day=day_of(INVOICED), of=F("currency"))
        .annotate(
            orders=Count("pk"), revenue=Sum("total"), tax=Sum("tax_total"),
            shipping=Sum("shipping_total"),
        )
        .order_by()
    )  # fmt: skip


def _pieces(days: Days) -> QuerySet[Any, Any]:
    return (
        OrderLine.objects.filter(within(days, f"order__{INVOICED}"))
        .values(day=day_of(f"order__{INVOICED}"), of=F("order__currency"))
        .annotate(pieces=Sum("quantity"))
        .order_by()
    )


def _refunds(days: Days) -> QuerySet[Any, Any]:
    return (
        CreditNote.objects.filter(within(days, "issued_at"))
        .values(day=day_of("issued_at"), of=F("refund__currency"))
        .annotate(refunded=Sum("refund__amount"))
        .order_by()
    )


def _reversed(days: Days) -> QuerySet[Any, Any]:
    """What did not go back after all, on the day that was known."""
    return (
        Reversal.objects.filter(within(days, "issued_at"))
        .values(day=day_of("issued_at"), of=F("credit_note__refund__currency"))
        .annotate(refunded=Sum("credit_note__refund__amount"))
        .order_by()
    )


def _key(row: dict[str, Any]) -> tuple[date, str]:
    return row["day"], row["of"]


def _day(row: dict[str, Any]) -> DayOfSales:
    currency = row["of"]
    return DayOfSales(
        day=row["day"],
        currency=currency,
        orders=row.get("orders", 0),
        pieces=0,
        revenue=money(row.get("revenue"), currency),
        tax=money(row.get("tax"), currency),
        shipping=money(row.get("shipping"), currency),
        refunded=Money.zero(currency),
    )
