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
from products.prices import change_price, check_reduction, end_reduction

OPTION_FIELDS = ("option1", "option2", "option3")
OWN_FIELDS = ("price_seen", "announce_reduction", "on_hand")  # No columns of a variant.


class VariantForm(WagtailAdminModelForm):
    """A variant of a product that is known before: the instance carries it.

    `price_seen` is the price on the screen when the form was opened, so that a form left open over
    lunch cannot bring back the price of the morning. `announce_reduction` is ticked as long as a
    reduction is announced: taking the tick away ends it, with or without another price.
    """

    price = PriceField()
    price_seen = forms.DecimalField(required=False, widget=forms.HiddenInput)
    announce_reduction = forms.BooleanField(
        required=False,
        label=gettext_lazy("Announce as a reduction"),
        help_text=gettext_lazy(
            "Shoppers see the new price beside the lowest one of the 30 days before, as the law "
            "asks; it is looked up for you. Lower the price again with the tick on, and the first "
            "price stays beside it. Without the tick the price is simply the price."
        ),
    )
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
            self.initial["announce_reduction"] = self.instance.reference_price is not None
            self.initial["price"] = self.instance.price_money.quantize().amount
        else:
            del self.fields["announce_reduction"]
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
        says_price = self._price_was_changed(cleaned) or self._is_announced(cleaned)
        if says_price and cleaned.get("price_seen") != self._stored_price():
            self.add_error(
                "price",
                ValidationError(
                    _("Somebody changed the price meanwhile: it is %(price)s now. Look again."),
                    params={"price": ProductVariant(price=self._stored_price()).price_money},
                ),
            )
        elif not self.errors and self._is_announced(cleaned):
            self._check_reduction(cleaned["price"])
        return cleaned

    def _check_reduction(self, price: Decimal) -> None:
        try:
            check_reduction(variant=self.instance, price=price)
        except ValidationError as error:
            self.add_error("announce_reduction", error)

    def save(self, commit: bool = True) -> ProductVariant:
        if not self.instance.pk:
            return add_variant(
                variant=self.instance, on_hand=self.cleaned_data["on_hand"], user=self.for_user
            )
        # Without the price: saving the whole row would write back what was read before.
        columns = {*self._meta.fields, *OPTION_FIELDS} - {*OWN_FIELDS, "price"}
        self.instance.save(update_fields=columns)
        refresh_listing_on_commit(variant_ids=[self.instance.pk])
        self._save_price()
        return self.instance

    def _save_price(self) -> None:
        if self._price_was_changed(self.cleaned_data) or self._is_announced(self.cleaned_data):
            change_price(
                variant=self.instance,
                price=self.cleaned_data["price"],
                user=self.for_user,
                announce_reduction=self.cleaned_data["announce_reduction"],
            )
        elif self._is_ended(self.cleaned_data):
            end_reduction(variant=self.instance, user=self.for_user)

    def _price_was_changed(self, cleaned: dict[str, Any]) -> bool:
        price, seen = cleaned.get("price"), cleaned.get("price_seen")
        return bool(self.instance.pk) and price is not None and price != seen

    def _is_announced(self, cleaned: dict[str, Any]) -> bool:
        """Whether the form says something new about a reduction: a price, or the tick itself."""
        is_new = self._price_was_changed(cleaned) or "announce_reduction" in self.changed_data
        return bool(cleaned.get("announce_reduction")) and is_new

    def _is_ended(self, cleaned: dict[str, Any]) -> bool:
        """A form that was opened before the reduction was announced does not end it."""
        is_taken_away = "announce_reduction" in self.changed_data
        return is_taken_away and cleaned["price_seen"] == self._stored_price()

    def _stored_price(self) -> Decimal:
        return ProductVariant.objects.values_list("price", flat=True).get(pk=self.instance.pk)
