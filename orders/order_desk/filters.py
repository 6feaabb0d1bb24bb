"""What the list of orders can be narrowed to: status, day of placing, and words."""

from datetime import date, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from orders.exports import placed_between
from orders.models import Order, OrderLine
from orders.status import OrderStatus
from shopsite.lib.text import plain_line

FILTER_TEMPLATE = "modeladmin/orders/order/filter.html"
PERIODS = (
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("7-days", _("Past 7 days")),
    ("month", _("This month")),
    ("last-month", _("Last month")),
    ("year", _("This year")),
)
MAX_SEARCH_LENGTH = 100
MAX_SEARCH_WORDS = 6


class StatusFilter(SimpleListFilter):
    title = _("Status")
    parameter_name = "status"
    template = FILTER_TEMPLATE

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return OrderStatus.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        """A status there is not finds nothing: an export of everything would be worse."""
        status = self.value()
        if not status:
            return queryset
        return queryset.filter(status=status) if status in OrderStatus.values else queryset.none()


class PlacedFilter(SimpleListFilter):
    title = _("Placed")
    parameter_name = "placed"
    template = FILTER_TEMPLATE

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return PERIODS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        """A period nobody offered finds nothing: an export of everything would be worse."""
        period = self.value()
        if not period:
            return queryset
        days = days_of_period(period, today=timezone.localdate())
        if days is None:
            return queryset.none()
        return placed_between(queryset, start=days[0], end=days[1])


def days_of_period(name: str, *, today: date) -> tuple[date, date] | None:
    """The first and the last day of one of PERIODS, seen from `today`; None for another name."""
    yesterday = today - timedelta(days=1)
    end_of_last_month = today.replace(day=1) - timedelta(days=1)
    return {
        "today": (today, today),
        "yesterday": (yesterday, yesterday),
        "7-days": (today - timedelta(days=6), today),
        "month": (today.replace(day=1), today),
        "last-month": (end_of_last_month.replace(day=1), end_of_last_month),
        "year": (today.replace(month=1, day=1), today),
    }.get(name)


class OrderSearchHandler(DjangoORMSearchHandler):
    """Finds the orders that have every word in their number, name, e-mail or an SKU.

    SKUs are looked up in a subquery: modeladmin joins the lines once per word, and the rows of a
    long search would multiply.
    """

    def search_queryset(
        self, queryset: QuerySet[Order], search_term: str, **kwargs: object
    ) -> QuerySet[Order]:
        words = plain_line(search_term, MAX_SEARCH_LENGTH).split()[:MAX_SEARCH_WORDS]
        for word in words:
            lines = OrderLine.objects.filter(order=OuterRef("pk"), sku__icontains=word)
            fields = [Q(**{f"{field}__icontains": word}) for field in self.search_fields]
            queryset = queryset.filter(Q(Exists(lines), *fields, _connector=Q.OR))
        return queryset
