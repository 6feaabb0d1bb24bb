"""The sales of the last days in numbers. As many queries for many orders as for few."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from home.dashboard.bars import Bar, bars_of, chart_width
from orders.reports.best_sellers import ProductSales, best_sellers, with_page_urls
from orders.reports.sales import DayOfSales, sales_by_day
from shopsite.cms.reports.days import last_days
from shopsite.lib.money import Money, sum_money

SPAN = 30
BEST = 5


@dataclass(frozen=True)
class Sales:
    """In the currency of the shop. `days` are the last SPAN, today included, also those without a
    sale."""

    days: tuple[DayOfSales, ...]
    revenue: Money
    before: Money
    best: tuple[ProductSales, ...]

    @property
    def orders(self) -> int:
        return sum(day.orders for day in self.days)

    @property
    def highest(self) -> DayOfSales:
        return max(self.days, key=lambda day: day.revenue.amount)

    @property
    def bars(self) -> list[Bar]:
        return bars_of([day.revenue.amount for day in self.days])

    @property
    def chart_width(self) -> int:
        return chart_width(len(self.days))

    @property
    def comparison(self) -> str:
        return compare(self.revenue, self.before)


def recent_sales(user: User, *, today: date) -> Sales:
    currency = settings.SHOP_CURRENCY
    known = {
        day.day: day
        for day in sales_by_day(last_days(2 * SPAN, until=today))
        if day.currency == currency
    }
    days = _days(known, until=today)
    before = _days(known, until=today - timedelta(days=SPAN))
    best = [one for one in best_sellers(last_days(SPAN, until=today)) if one.currency == currency]
    return Sales(
        days=days,
        revenue=sum_money((day.revenue for day in days), currency),
        before=sum_money((day.revenue for day in before), currency),
        best=tuple(with_page_urls([one for one in best if one.pieces][:BEST], user)),
    )


def compare(revenue: Money, before: Money) -> str:
    """How much more or less than before, in words."""
    if not before:
        return _("Nothing was sold in the 30 days before.")
    percent = round((revenue.amount - before.amount) * 100 / before.amount)
    words = {"percent": abs(percent), "before": before}
    if percent > 0:
        return (
            _("%(percent)s %% more than in the 30 days before, which brought %(before)s.") % words
        )
    if percent < 0:
        return (
            _("%(percent)s %% less than in the 30 days before, which brought %(before)s.") % words
        )
    return _("As much as in the 30 days before, which brought %(before)s.") % words


def _days(known: Mapping[date, DayOfSales], *, until: date) -> tuple[DayOfSales, ...]:
    dates = [until - timedelta(days=back) for back in range(SPAN - 1, -1, -1)]
    return tuple(known.get(day) or _without_sales(day) for day in dates)


def _without_sales(day: date) -> DayOfSales:
    nothing = Money(Decimal(0), settings.SHOP_CURRENCY).quantize()
    return DayOfSales(day, nothing.currency, 0, 0, nothing, nothing, nothing, nothing)
