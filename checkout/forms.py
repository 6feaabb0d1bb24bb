"""The checkout form: who, where to, which way of shipping."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_countries import countries as countries_of_the_world
from django_countries.fields import CountryField

from checkout.billing_form import BillingFields, billing_of
from checkout.form_fields import line_field, read_postal_code
from checkout.postal_codes import postal_code_rule
from checkout.shipping import ShippingChoice
from orders.models import ERASED_EMAIL, Order
from orders.placing import ContactDraft
from shopsite.lib.text import has_control_characters
from shopsite.lib.tokens import TOKEN_LENGTH

PHONE = re.compile(r"[0-9+()/ .-]{4,40}", re.ASCII)
TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
CONTACT_FIELDS = (
    "email", "name", "phone", "address_line1", "address_line2", "postal_code", "city", "region",
    "country", "note",
)  # fmt: skip


class CheckoutForm(BillingFields):
    """Errors stand at their fields. The shipping methods are those of the chosen country."""

    field_order = CONTACT_FIELDS[:-1]  # As on the page, which the summary of errors follows.

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the confirmation and the invoice."),
        error_messages={"required": _("Please enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    name = line_field(
        _("Name"), autocomplete="name", max_length=120, missing=_("Please enter your name.")
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        help_text=_("Only for questions about the delivery."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    address_line1 = line_field(
        _("Address"),
        autocomplete="address-line1",
        max_length=160,
        missing=_("Please enter street and number."),
    )
    address_line2 = line_field(
        _("Apartment, company"), autocomplete="address-line2", max_length=160
    )
    postal_code = line_field(
        _("Postal code"),
        autocomplete="postal-code",
        max_length=20,
        missing=_("Please enter the postal code."),
        autocapitalize="characters",
        spellcheck="false",
    )
    city = line_field(
        _("City"),
        autocomplete="address-level2",
        max_length=80,
        missing=_("Please enter the city."),
    )
    region = line_field(_("State or region"), autocomplete="address-level1", max_length=80)
    country = CountryField(_("Country")).formfield(
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Please choose the country.")},
    )
    shipping_method = forms.ChoiceField(
        label=_("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose how we should send it."),
            "invalid_choice": _("To this country we deliver in other ways. Please choose again."),
        },
    )
    note = forms.CharField(
        label=_("Note for us"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accept_terms = forms.BooleanField(
        label=_("I accept the terms of sale."),
        error_messages={"required": _("Please accept the terms of sale to go on.")},
    )
    checkout_token = forms.CharField(widget=forms.HiddenInput)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        *args: Any,
        country: str,
        countries: list[tuple[str, str]],
        choices: list[ShippingChoice],
        terms_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.country_code = country
        self.country_name = countries_of_the_world.name(country)
        self.fields["country"].choices = countries  # type: ignore[attr-defined]
        self.postal_code_rule = postal_code_rule(country)
        self.fields["postal_code"].required = self.postal_code_rule.is_required
        self.shipping = {str(choice.id): choice for choice in choices}
        self.fields["shipping_method"].choices = [  # type: ignore[attr-defined]
            (key, _choice_label(choice)) for key, choice in self.shipping.items()
        ]
        if not choices:
            self.fields["shipping_method"].help_text = _("We do not deliver anywhere yet.")
        if terms_url:
            # A tab of its own: following a link here must not cost what was typed.
            self.fields["accept_terms"].help_text = format_html(
                '<a href="{}" target="_blank" rel="noopener">{}</a>',
                terms_url,
                _("Read the terms of sale (opens in a new tab)"),
            )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if "." not in email.rpartition("@")[2] or email.lower() == ERASED_EMAIL:
            raise ValidationError(_("Enter a valid email address."))
        return email

    def clean_postal_code(self) -> str:
        text: str = self.cleaned_data["postal_code"]
        return read_postal_code(text, self.postal_code_rule, country_name=self.country_name)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("Please enter a phone number, such as +49 30 1234567."))
        return phone

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if has_control_characters(note, allow_newlines=True):
            raise ValidationError(_("This contains characters that cannot be used here."))
        return note

    def clean_checkout_token(self) -> str:
        token: str = self.cleaned_data["checkout_token"]
        if not TOKEN.fullmatch(token):
            raise ValidationError(_("This page is out of date. Please load it again."))
        return token

    @property
    def chosen_shipping(self) -> ShippingChoice | None:
        """What is ticked, also while other fields still have errors."""
        key = str(self["shipping_method"].value() or "")
        if key not in self.shipping and len(self.shipping) == 1:
            return next(iter(self.shipping.values()))  # What the page will have ticked.
        return self.shipping.get(key)

    def agree_to(self, quote: str) -> None:
        """Puts into the page what the shopper agrees to by sending it, and ticks the only way of
        shipping there is."""
        if self.is_bound:
            chosen = self.chosen_shipping
            method = str(chosen.id) if chosen else ""
            self.data = {**dict(self.data.items()), "quote": quote, "shipping_method": method}
        else:
            self.initial["quote"] = quote

    def contact(self) -> ContactDraft:
        """Of a valid form."""
        return ContactDraft(**{name: self.cleaned_data[name] for name in CONTACT_FIELDS})


def contact_of(order: Order) -> dict[str, Any]:
    """What an order says of who ordered and who pays, for filling the form in again."""
    contact = {name: str(getattr(order, name)) for name in CONTACT_FIELDS}
    return {**contact, **billing_of(order)}


def _choice_label(choice: ShippingChoice) -> SafeString:
    parts = [("name", choice.name), ("price", str(choice.price) if choice.price else _("Free"))]
    if choice.description:
        parts.append(("time", choice.description))
    words = format_html_join(" ", '<span class="delivery-choice__{}">{}</span>', parts)
    return format_html('<span class="delivery-choice">{}</span>', words)
