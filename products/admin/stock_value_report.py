"""What stands on the shelf, and what it would be sold for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import DecimalField, ExpressionWrapper, F, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from products.admin.links import stock_url
from products.admin.permissions import staff_user
from products.models import StockRecord
from shopsite.cms.reports.columns import CURRENCY, ReportColumn, amount_column
from shopsite.cms.reports.view import FiguresReport, Totals
from shopsite.lib.money import Money


@dataclass(frozen=True)
class VariantOnShelf:
    """`stock_url` is empty for who may not change the stock."""

    product: str
    options: str
    sku: str
    on_hand: int
    price: Money
    currency: str
    stock_url: str

    @property
    def value(self) -> Money:
        return self.price * self.on_hand


class StockValueReport(FiguresReport):
    page_title = _("Stock value")
    header_icon = "shop-shelf"
    permission = "products.view_stockrecord"
    index_url_name = "stock_value_report"
    index_results_url_name = "stock_value_report_results"
    explanation = _(
        "What is on hand now, at the price it is sold for, tax included. What the shop paid for it "
        "is not kept here, so this is not the value for the balance sheet."
    )
    nothing_found = _("Nothing is on hand.")
    figures = (
        ReportColumn("product", _("Product"), url="stock_url"),
        ReportColumn("options", _("Options")),
        ReportColumn("sku", _("SKU")),
        CURRENCY,
        amount_column("on_hand", _("On hand")),
        ReportColumn("price", _("Price"), is_number=True),
        amount_column("value", _("Value")),
    )

    def find_rows(self) -> QuerySet[StockRecord]:
        records = StockRecord.objects.filter(on_hand__gt=0).select_related("variant__product")
        return records.order_by("variant__product__name", "variant__sort_order", "pk")

    def find_totals(self) -> Totals:
        each = ExpressionWrapper(F("on_hand") * F("variant__price"), output_field=DecimalField())
        sums = self.rows.aggregate(pieces=Sum("on_hand"), value=Sum(each))
        value = Money(sums["value"] or Decimal(0), settings.SHOP_CURRENCY).quantize()
        return [(value.currency, {"on_hand": sums["pieces"] or 0, "value": value})]

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[VariantOnShelf]:
        return [_row(record, staff_user(self.request)) for record in object_list]


def _row(record: Any, user: User) -> VariantOnShelf:
    variant = record.variant
    return VariantOnShelf(
        product=variant.product.name,
        options=variant.options_label,
        sku=variant.sku,
        on_hand=record.on_hand,
        price=variant.price_money.quantize(),
        currency=variant.price_money.currency,
        stock_url=stock_url(variant, user),
    )
