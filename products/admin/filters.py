"""Filters of the products' listings."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from products.availability import LOW_STOCK
from products.models import Product, ProductVariant, StockMovement, StockRecord

LOW, NONE = "low", "none"


def low_records(records: QuerySet[Any]) -> QuerySet[Any]:
    """Stock records of which something is left, but not much."""
    return records.filter(on_hand__gt=F("allocated"), on_hand__lte=F("allocated") + LOW_STOCK)


def sold_out_records(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.filter(on_hand__lte=F("allocated"))


class VariantFilterSet(WagtailFilterSet):
    product = django_filters.ModelChoiceFilter(label=_("Product"), queryset=Product.objects.all())

    class Meta:
        model = ProductVariant
        fields = ["product", "is_active"]


class StockFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Available"),
        method="filter_by_state",
        choices=[(LOW, _("Running low")), (NONE, _("None"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = StockRecord
        fields = ["state"]

    def filter_by_state(self, records: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return sold_out_records(records) if value == NONE else low_records(records)


class MovementFilterSet(WagtailFilterSet):
    reason = django_filters.MultipleChoiceFilter(
        label=_("Why"),
        choices=StockMovement.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    record = django_filters.ModelChoiceFilter(
        label=_("Variant"),
        queryset=StockRecord.objects.select_related("variant__product"),
        widget=forms.HiddenInput,
    )

    class Meta:
        model = StockMovement
        fields = ["reason", "created_at", "record"]
