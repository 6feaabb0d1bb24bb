"""The list's filters that somebody fills in: days, country, product and sum."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from orders.exports import placed_between
from orders.models import Order
from orders.order_search import with_product
from shopsite.lib.text import has_control_characters

MAX_COUNTRIES = 300
NO_DAY = gettext_lazy("This is no day. Write it like 2026-11-30.")
# Further out there is no midnight in every time zone.
DAYS = (MinValueValidator(date(1970, 1, 1), NO_DAY), MaxValueValidator(date(9000, 1, 1), NO_DAY))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AmountInput(forms.TextInput):
    """Not one of type number, in which a browser hides what it does not understand."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal"})


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        validators=DAYS,
        error_messages={"invalid": NO_DAY},
    )


class OrderFilterForm(forms.Form):
    """Everything may be left empty. What is wrong with it is said, and then nothing is found: a
    list or an export of everything would be worse."""

    placed_from = _day(gettext_lazy("Placed from"))
    placed_to = _day(gettext_lazy("Placed to"))
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    product = forms.CharField(
        label=gettext_lazy("Contains product or SKU"), max_length=100, required=False
    )
    sum_from = forms.DecimalField(min_value=0, max_digits=14, required=False, widget=AmountInput)
    sum_to = forms.DecimalField(min_value=0, max_digits=14, required=False, widget=AmountInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        currency = settings.SHOP_CURRENCY
        chosen: Any = self.fields["country"]
        chosen.choices = [("", _("All countries")), *_countries_of_orders()]
        for name, label in (
            ("sum_from", _("Sum from (%(currency)s)")),
            ("sum_to", _("Sum to (%(currency)s)")),
        ):
            amount: Any = self.fields[name]
            amount.label = label % {"currency": currency}
            amount.error_messages["invalid"] = _("This is no amount. Write it like 24.90.")

    def clean_product(self) -> str:
        product: str = self.cleaned_data["product"]
        if has_control_characters(product):
            raise ValidationError(_("This holds signs that no product has."))
        return product

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for first, last, words in (
            ("placed_from", "placed_to", _("The last day is before the first one.")),
            ("sum_from", "sum_to", _("The upper sum is less than the lower one.")),
        ):
            start, end = data.get(first), data.get(last)
            if start is not None and end is not None and end < start:
                self.add_error(last, words)
        return data

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, orders: QuerySet[Order]) -> QuerySet[Order]:
        if not self.is_valid():
            return orders.none()
        data = self.cleaned_data
        orders = placed_between(orders, start=data["placed_from"], end=data["placed_to"])
        if data["country"]:
            orders = orders.filter(country=data["country"])
        if data["product"]:
            orders = with_product(orders, data["product"])
        if data["sum_from"] is not None:
            orders = orders.filter(total__gte=data["sum_from"])
        if data["sum_to"] is not None:
            orders = orders.filter(total__lte=data["sum_to"])
        return orders


def _countries_of_orders() -> list[tuple[str, str]]:
    codes = Order.objects.order_by().values_list("country", flat=True).distinct()[:MAX_COUNTRIES]
    return sorted(((code, countries.name(code) or code) for code in codes), key=lambda one: one[1])
