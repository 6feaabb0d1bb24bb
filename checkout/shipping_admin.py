"""Shipping methods in the admin: what the staff offers, where to and for how much."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from checkout.models import ShippingMethod
from checkout.shipping_form import ShippingMethodForm
from shopsite.lib.money import Money

NAMED_COUNTRIES = 4  # As many as a line of the list has room for.


class CountriesColumn(Column):
    def get_value(self, instance: ShippingMethod) -> str:
        names = [country.name for country in instance.countries]
        if len(names) > NAMED_COUNTRIES:
            more = len(names) - NAMED_COUNTRIES
            named = ", ".join(names[:NAMED_COUNTRIES])
            return _("%(countries)s and %(count)d more") % {"countries": named, "count": more}
        return ", ".join(names) or _("Every country")


class PriceColumn(Column):
    """An amount of a method in words: free, an amount, or a dash for none."""

    def get_value(self, instance: ShippingMethod) -> str:
        amount: Any = super().get_value(instance)
        if amount is None:
            return "–"
        return str(Money(amount, settings.SHOP_CURRENCY)) if amount else _("Free")


class ShippingMethodViewSet(ModelViewSet):
    model = ShippingMethod
    icon = "shop-truck"
    menu_label = gettext_lazy("Shipping methods")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    sort_order_field = "sort_order"
    list_display = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="shippingmethod:edit"),
        CountriesColumn("countries", label=gettext_lazy("Countries")),
        PriceColumn("price", label=gettext_lazy("Price")),
        PriceColumn("free_from", label=gettext_lazy("Free from")),
        BooleanColumn("is_active", label=gettext_lazy("Offered")),
    ]
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("countries"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("free_from")]),
        FieldPanel("is_active"),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = ShippingMethodForm
        return handler
