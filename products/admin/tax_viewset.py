"""Tax rates in the admin: from which day on how much of a price is tax, and where."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from products.models import TaxRate
from shopsite.lib.tax import percent_label


class CountryColumn(Column):
    def get_value(self, instance: TaxRate) -> str:
        return instance.country.name or _("Everywhere without its own rate")


class PercentColumn(Column):
    def get_value(self, instance: TaxRate) -> str:
        return _("%(rate)s %%") % {"rate": percent_label(instance.percent)}


class TaxRateViewSet(ModelViewSet):
    model = TaxRate
    url_prefix = "tax-rates"
    url_namespace = "tax_rates"
    icon = "shop-percent"
    menu_label = gettext_lazy("Tax rates")
    copy_view_enabled = False
    list_display: list[Any] = [
        TitleColumn(
            "tax_class",
            label=gettext_lazy("Tax class"),
            accessor="get_tax_class_display",
            url_name="tax_rates:edit",
        ),
        CountryColumn("country", label=gettext_lazy("Delivered to")),
        PercentColumn("percent", label=gettext_lazy("Rate")),
        Column("valid_from", label=gettext_lazy("From")),
    ]
    list_filter = ["tax_class"]
    panels = [
        FieldRowPanel([FieldPanel("tax_class"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("percent"), FieldPanel("valid_from")]),
    ]
