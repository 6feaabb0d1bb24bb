"""Form fields that several forms of the admin share."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from products.price_rules import check_price

MAX_COUNT = 1_000_000  # More is a slip of the finger.


class PriceField(forms.DecimalField):
    """A price in the shop's currency, which stands in the label."""

    default_validators = [check_price]
    default_error_messages = {
        "required": _("Enter a price."),
        "invalid": _("Enter a number, such as 24.90."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("What the shopper pays, tax included."))
        kwargs.setdefault("label", _("Price in %(code)s") % {"code": settings.SHOP_CURRENCY})
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)


class CountField(forms.IntegerField):
    """A number of pieces, none or more."""

    default_error_messages = {
        "required": _("Enter a number."),
        "invalid": _("Enter a whole number."),
        "min_value": _("Enter %(limit_value)s or more."),
        "max_value": _("That is more than %(limit_value)s. Please check the number."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = MAX_COUNT, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)
