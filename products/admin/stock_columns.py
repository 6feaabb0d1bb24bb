"""Columns and cell texts of the listings of stock, and of the log of its movements."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn

from products.availability import Availability, availability_of
from products.models import StockMovement, StockRecord


class AvailabilityColumn(Column):
    """Whether shoppers can buy it, as a tag in a color of its own."""

    cell_template_name = "products/admin/availability_cell.html"


def state_of_record(record: StockRecord) -> Availability:
    return availability_of(available=record.available, is_active=record.variant.is_active)


def signed(number: int) -> str:
    return f"{number:+d}" if number else ""


def on_hand_change(movement: StockMovement) -> str:
    """A count that found nothing to change is said too, such as a shelf that begins empty."""
    if not movement.on_hand_change and not movement.allocated_change:
        return "0"
    return signed(movement.on_hand_change)


STOCK_COLUMNS = [
    TitleColumn(
        "sku",
        label=gettext_lazy("SKU"),
        accessor="variant.sku",
        sort_key="variant__sku",
        url_name="stock_admin:edit",
    ),
    Column(
        "product",
        label=gettext_lazy("Product"),
        accessor="variant.product.name",
        sort_key="variant__product__name",
    ),
    Column("options", label=gettext_lazy("Options"), accessor="variant.options_label"),
    Column("on_hand", label=gettext_lazy("On hand"), sort_key="on_hand"),
    Column("allocated", label=gettext_lazy("Allocated"), sort_key="allocated"),
    Column("available", label=gettext_lazy("Available"), sort_key="free"),
    AvailabilityColumn("state", label=gettext_lazy("In the shop"), accessor=state_of_record),
]

MOVEMENT_COLUMNS = [
    DateColumn("created_at", label=gettext_lazy("When"), sort_key="created_at"),
    TitleColumn(
        "sku",
        label=gettext_lazy("SKU"),
        accessor="record.variant.sku",
        get_url=lambda movement: reverse("stock_admin:edit", args=[movement.record_id]),
    ),
    Column("product", label=gettext_lazy("Product"), accessor="record.variant.product.name"),
    Column("reason", label=gettext_lazy("Why"), accessor="get_reason_display"),
    Column("on_hand", label=gettext_lazy("On hand"), accessor=on_hand_change),
    Column(
        "allocated",
        label=gettext_lazy("Allocated"),
        accessor=lambda movement: signed(movement.allocated_change),
    ),
    Column("reference", label=gettext_lazy("Order")),
    Column("note", label=gettext_lazy("Note")),
    UserColumn("user", label=gettext_lazy("By"), blank_display_name=gettext_lazy("The shop")),
]
