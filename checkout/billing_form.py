"""The part of the checkout form that says where the bill goes, if not where the parcel goes."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries as countries_of_the_world
from django_countries.fields import CountryField

from checkout.form_fields import line_field, read_postal_code
from checkout.postal_codes import postal_code_rule
from orders.models import Order
from orders.placing import BillingDraft
from shopsite.lib.vat_id import InvalidVatId, read_vat_id

PREFIX = "billing_"
ADDRESS = ("address_line1", "address_line2", "postal_code", "city", "region", "country")
FIELDS = ("company", "vat_id", "name", *ADDRESS)


class BillingFields(forms.Form):
    """Nothing of it counts until its box is ticked. An address that is left empty is that of the
    delivery, which the form of the whole checkout has."""

    bill_elsewhere = forms.BooleanField(
        label=_("The bill goes to a company or to another address"), required=False
    )
    billing_company = line_field(_("Company"), autocomplete="billing organization", max_length=120)
    billing_vat_id = line_field(
        _("VAT ID"),
        autocomplete="off",
        max_length=30,
        autocapitalize="characters",
        spellcheck="false",
    )
    billing_name = line_field(_("Name on the bill"), autocomplete="billing name", max_length=120)
    billing_address_line1 = line_field(
        _("Address"), autocomplete="billing address-line1", max_length=160
    )
    billing_address_line2 = line_field(
        _("Building, department"), autocomplete="billing address-line2", max_length=160
    )
    billing_postal_code = line_field(
        _("Postal code"),
        autocomplete="billing postal-code",
        max_length=20,
        autocapitalize="characters",
        spellcheck="false",
    )
    billing_city = line_field(_("City"), autocomplete="billing address-level2", max_length=80)
    billing_region = line_field(
        _("State or region"), autocomplete="billing address-level1", max_length=80
    )
    billing_country = CountryField(  # type: ignore[call-overload]
        _("Country"), blank=True, blank_label=_("The same as for the delivery")
    ).formfield(widget=forms.Select(attrs={"autocomplete": "billing country"}))

    field_names: ClassVar = tuple(PREFIX + name for name in FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["billing_company"].help_text = _("The company or a name: one is enough.")
        self.fields["billing_vat_id"].help_text = _("Such as DE136695976, if the company has one.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("bill_elsewhere"):
            self._leave_out(self.field_names)
            return cleaned
        if not self._has_any("company", "name") and not self._is_wrong("company", "name"):
            self.add_error("billing_company", _("Please enter the company, or a name below."))
        if not self._has_any(*ADDRESS) and not self._is_wrong(*ADDRESS):
            self._take_address_of_delivery()
        else:
            self._check_address()
        self._check_vat_id()
        return cleaned

    def billing(self) -> BillingDraft | None:
        """Of a valid form; None when the bill goes where the parcel goes."""
        if not self.cleaned_data["bill_elsewhere"]:
            return None
        return BillingDraft(**{name: self.cleaned_data[PREFIX + name] for name in FIELDS})

    def _leave_out(self, names: tuple[str, ...]) -> None:
        """What stands in closed fields, right or wrong, was not sent on purpose."""
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data[name] = ""

    def _has_any(self, *names: str) -> bool:
        return any(self.cleaned_data.get(PREFIX + name) for name in names)

    def _is_wrong(self, *names: str) -> bool:
        return any(PREFIX + name in self.errors for name in names)

    def _take_address_of_delivery(self) -> None:
        for name in ADDRESS:
            self.cleaned_data[PREFIX + name] = self.cleaned_data.get(name, "")

    def _check_address(self) -> None:
        cleaned = self.cleaned_data
        country = self._country()
        rule = postal_code_rule(country)
        needed = {
            "address_line1": _("Please enter street and number."),
            "city": _("Please enter the city."),
        }
        if rule.is_required:
            needed["postal_code"] = _("Please enter the postal code.")
        for name, words in needed.items():
            if not self._has_any(name) and not self._is_wrong(name):
                self.add_error(PREFIX + name, words)
        cleaned["billing_country"] = country
        try:
            code = cleaned.get("billing_postal_code", "")
            name = countries_of_the_world.name(country)
            cleaned["billing_postal_code"] = read_postal_code(code, rule, country_name=name)
        except ValidationError as error:
            self.add_error("billing_postal_code", error)

    def _check_vat_id(self) -> None:
        number = self.cleaned_data.get("billing_vat_id", "")
        if not number:
            return
        try:
            checked = read_vat_id(number, country=self._country())
        except InvalidVatId:
            self.add_error(
                "billing_vat_id",
                _(
                    "This VAT ID is not valid. Please check the digits and the letters of the "
                    "country in front of them."
                ),
            )
        else:
            self.cleaned_data["billing_vat_id"] = checked

    def _country(self) -> str:
        cleaned = self.cleaned_data
        return cleaned.get("billing_country") or cleaned.get("country") or ""


def billing_of(order: Order) -> dict[str, Any]:
    """What an order says of its bill, for filling the form in again."""
    billing = order.billing_or_none
    if billing is None:
        return {}
    values = {PREFIX + name: str(getattr(billing, name)) for name in FIELDS}
    return {"bill_elsewhere": True, **values}
