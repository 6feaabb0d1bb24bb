"""The form of a shipping method, as the staff thinks of one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from shopsite.lib.money import Money

AMOUNTS = ("price", "free_from")


class ShippingMethodForm(WagtailAdminModelForm):
    """Amounts have as many decimals as the currency, and countries are boxes to tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["countries"].widget = forms.CheckboxSelectMultiple(
            choices=self.fields["countries"].choices,
            attrs={"class": "country-boxes"},
        )
        for name in AMOUNTS:
            field = self.fields[name]
            field.label = _("%(label)s, in %(code)s") % {
                "label": field.label,
                "code": settings.SHOP_CURRENCY,
            }
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            amount = self.initial.get(name)
            if amount is not None:
                self.initial[name] = Money(amount, settings.SHOP_CURRENCY).quantize().amount
