"""What the list of orders can be narrowed to: status, period, attention, and words."""

from datetime import date, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from orders.attention import concern_of, needing_attention
from orders.exports import placed_between
from orders.models import Order
from orders.order_search import with_words
from orders.status import OrderStatus

FILTER_TEMPLATE = "modeladmin/orders/order/filter.html"
PERIODS = (
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("7-days", _("Past 7 days")),
    ("month", _("This month")),
    ("last-month", _("Last month")),
    ("year", _("This year")),
)
ANY = "any"  # What the address says for whatever needs attention.


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


class AttentionFilter(SimpleListFilter):
    """All that need a person; the address of one concern narrows to it and names it."""

    title = _("Attention")
    parameter_name = "attention"
    template = FILTER_TEMPLATE

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        concern = concern_of(self.used_parameters.get(self.parameter_name, ""))
        return [(ANY, _("Needed")), *([(concern.code, concern.words)] if concern else [])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        code = self.value()
        if not code:
            return queryset
        found = needing_attention("" if code == ANY else code)
        return queryset.filter(pk__in=found.order_by().values("pk"))


class OrderSearchHandler(DjangoORMSearchHandler):
    def search_queryset(
        self, queryset: QuerySet[Order], search_term: str, **kwargs: object
    ) -> QuerySet[Order]:
        return with_words(queryset, search_term)
