"""The two forms of "Make variants": what the options can be, and the lines of the table."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.admin.fields import CountField, PriceField
from products.combinations import (
    MAX_COMBINATIONS,
    MAX_VALUE,
    common_prefix,
    count_combinations,
    parse_values,
)
from products.models import Product
from products.models.catalog import validate_sku
from products.options import missing_option_text


class ValuesField(forms.CharField):
    """Values separated by commas or lines, as a tuple."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> tuple[str, ...]:
        values = parse_values(super().clean(value))
        long = next((one for one in values if len(one) > MAX_VALUE), None)
        if long:
            text = _("“%(value)s” is longer than %(length)d characters.")
            raise ValidationError(text % {"value": long, "length": MAX_VALUE})
        if not values:
            raise ValidationError(self.error_messages["required"])
        return values


class CombinationsForm(forms.Form):
    """One field for each option of the product, filled with the values that variants have."""

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        variants = list(product.variants.all())
        for number, name in enumerate(product.option_names, start=1):
            known = dict.fromkeys(getattr(variant, f"option{number}") for variant in variants)
            self.fields[f"values{number}"] = ValuesField(
                label=name,
                initial="\n".join(filter(None, known)),
                error_messages={"required": _("Enter at least one value.")},
                help_text=_("Separated by commas or lines."),
            )
        self.fields["prefix"] = forms.CharField(
            label=_("Beginning of the SKUs"),
            max_length=30,
            validators=[validate_sku],
            initial=(common_prefix([variant.sku for variant in variants]) or "")[:30],
            error_messages={"required": _("Enter what the SKUs begin with.")},
            help_text=_("The values are added to it. You can change each SKU in the next step."),
        )
        prices = {variant.price_money for variant in variants}
        price = prices.pop().quantize().amount if len(prices) == 1 else None
        self.fields["price"] = PriceField(initial=price)
        self.fields["on_hand"] = CountField(
            label=_("In stock"), initial=0, help_text=_("Of each new variant.")
        )

    def options(self) -> list[tuple[str, ...]]:
        names = [name for name in self.fields if name.startswith("values")]
        return [self.cleaned_data[name] for name in names if name in self.cleaned_data]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        count = count_combinations(self.options())
        if count > MAX_COMBINATIONS:
            text = _(
                "That makes %(count)d combinations. Enter fewer values: at most %(limit)d can be "
                "made at once."
            )
            raise ValidationError(text % {"count": count, "limit": MAX_COMBINATIONS})
        return cleaned


class VariantRowForm(forms.Form):
    """One line. What is not ticked is not looked at."""

    is_wanted = forms.BooleanField(label=gettext_lazy("Make"), required=False)
    option1 = forms.CharField(max_length=MAX_VALUE, required=False, widget=forms.HiddenInput)
    option2 = forms.CharField(max_length=MAX_VALUE, required=False, widget=forms.HiddenInput)
    option3 = forms.CharField(max_length=MAX_VALUE, required=False, widget=forms.HiddenInput)
    sku = forms.CharField(
        label=gettext_lazy("SKU"),
        max_length=60,
        validators=[validate_sku],
        error_messages={"required": gettext_lazy("Enter a SKU.")},
    )
    price = PriceField(help_text="")
    on_hand = CountField(label=gettext_lazy("In stock"))

    def __init__(self, *args: Any, names: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("is_wanted"):
            self.errors.clear()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, name in enumerate(self.names, start=1):
            if not cleaned.get(f"option{number}"):
                self.add_error("sku", missing_option_text(name))
        return cleaned

    def option_values(self) -> tuple[str, ...]:
        values = (self.cleaned_data.get(f"option{number}", "") for number in (1, 2, 3))
        return tuple(value for value in values if value)

    @property
    def options_label(self) -> str:
        values = (self[f"option{number}"].value() for number in (1, 2, 3))
        return " / ".join(value for value in values if value)


VariantRowFormSet = forms.formset_factory(
    VariantRowForm,
    extra=0,
    max_num=MAX_COMBINATIONS,
    absolute_max=MAX_COMBINATIONS,
    validate_max=True,
)
