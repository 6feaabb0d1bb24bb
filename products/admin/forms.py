"""The form of a variant. A price leaves a form only through change_price."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from products.admin.fields import CountField, PriceField
from products.catalog import add_variant
from products.listing_entries import refresh_listing_on_commit
from products.models import ProductVariant
from products.options import missing_option_text
from products.prices import change_price

OPTION_FIELDS = ("option1", "option2", "option3")


class VariantForm(WagtailAdminModelForm):
    """A variant of a product that is known before: the instance carries it.

    `price_seen` is the price on the screen when the form was opened, so that a form left open over
    lunch cannot bring back the price of the morning.
    """

    price = PriceField()
    price_seen = forms.DecimalField(required=False, widget=forms.HiddenInput)
    on_hand = CountField(
        label=gettext_lazy("In stock"),
        initial=0,
        help_text=gettext_lazy("How many stand on the shelf today."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_seen"].initial = self.instance.price
        if self.instance.pk:
            del self.fields["on_hand"]
            self.initial["price"] = self.instance.price_money.quantize().amount
        self._name_options()

    def _name_options(self) -> None:
        """Options carry the product's own words; those that it does not have are left out."""
        names = self.instance.product.option_names
        for position, field in enumerate(OPTION_FIELDS):
            if position < len(names):
                self.fields[field].label = names[position]
                self.fields[field].required = True
                self.fields[field].error_messages["required"] = missing_option_text(names[position])
                self.fields[field].help_text = ""
            else:
                del self.fields[field]
                setattr(self.instance, field, "")

    def _get_validation_exclusions(self) -> set[str]:
        # Not fields of the form, but two variants with the same options must still be noticed.
        return super()._get_validation_exclusions() - {"product", *OPTION_FIELDS}

    def _update_errors(self, errors: ValidationError) -> None:
        # The model says of an empty option what its field has said already.
        for field in self.errors:
            errors.error_dict.pop(field, None)
        super()._update_errors(errors)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._price_was_changed(cleaned) and cleaned["price_seen"] != self._stored_price():
            self.add_error(
                "price",
                ValidationError(
                    _("Somebody changed the price meanwhile: it is %(price)s now. Look again."),
                    params={"price": ProductVariant(price=self._stored_price()).price_money},
                ),
            )
        return cleaned

    def save(self, commit: bool = True) -> ProductVariant:
        if not self.instance.pk:
            return add_variant(
                variant=self.instance, on_hand=self.cleaned_data["on_hand"], user=self.for_user
            )
        # Without the price: saving the whole row would write back what was read before.
        columns = {*self._meta.fields, *OPTION_FIELDS} - {"price", "on_hand", "price_seen"}
        self.instance.save(update_fields=columns)
        refresh_listing_on_commit(variant_ids=[self.instance.pk])
        if self._price_was_changed(self.cleaned_data):
            change_price(
                variant=self.instance, price=self.cleaned_data["price"], user=self.for_user
            )
        return self.instance

    def _price_was_changed(self, cleaned: dict[str, Any]) -> bool:
        price, seen = cleaned.get("price"), cleaned.get("price_seen")
        return bool(self.instance.pk) and price is not None and price != seen

    def _stored_price(self) -> Decimal:
        return ProductVariant.objects.values_list("price", flat=True).get(pk=self.instance.pk)
