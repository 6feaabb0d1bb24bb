"""The checkout form: who, where to, which way of shipping."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.fields import CountryField

from checkout.postal_codes import WITHOUT_POSTAL_CODES
from checkout.shipping import ShippingChoice
from orders.placing import ContactDraft
from shopsite.lib.text import has_control_characters
from shopsite.lib.tokens import TOKEN_LENGTH

PHONE = re.compile(r"[0-9+()/ .-]{4,40}", re.ASCII)
TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
CONTACT_FIELDS = (
    "email", "name", "phone", "address_line1", "address_line2", "postal_code", "city", "region",
    "country", "note",
)  # fmt: skip


def validate_one_line(value: str) -> None:
    """Names and addresses end up in mail headers, on labels and in spreadsheets."""
    if has_control_characters(value):
        raise ValidationError(_("This contains characters that cannot be used here."))
    if "://" in value:
        raise ValidationError(_("This cannot contain a web address."))


def line_field(label: Any, *, autocomplete: str, max_length: int, missing: Any = None) -> Any:
    """One line of text; `missing` is what to say when it is empty, and None lets it be empty."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=missing is not None,
        error_messages={"required": missing} if missing else None,
        validators=[validate_one_line],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class CheckoutForm(forms.Form):
    """Errors stand at their fields. The shipping methods are those of the chosen country."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the confirmation and the invoice."),
        error_messages={"required": _("Please enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = line_field(
        _("Name"), autocomplete="name", max_length=120, missing=_("Please enter your name.")
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        help_text=_("Only for questions about the delivery."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
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
        error_messages={"required": _("Please choose how we should send it.")},
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
        choices: list[ShippingChoice],
        terms_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postal_code"].required = country not in WITHOUT_POSTAL_CODES
        self.shipping = {str(choice.id): choice for choice in choices}
        self.fields["shipping_method"].choices = [  # type: ignore[attr-defined]
            (key, _choice_label(choice)) for key, choice in self.shipping.items()
        ]
        if not choices:
            self.fields["shipping_method"].help_text = _("We do not deliver to this country yet.")
        if terms_url:
            # A tab of its own: following a link here must not cost what was typed.
            self.fields["accept_terms"].help_text = format_html(
                '<a href="{}" target="_blank" rel="noopener">{}</a>',
                terms_url,
                _("Read the terms of sale (opens in a new tab)"),
            )

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
        key = self["shipping_method"].value()
        return self.shipping.get(str(key)) if key else None

    def agree_to(self, quote: str) -> None:
        """Puts the amount into the page that the shopper agrees to by sending it."""
        if self.is_bound:
            self.data = {**dict(self.data.items()), "quote": quote}
        else:
            self.initial["quote"] = quote

    def contact(self) -> ContactDraft:
        """Of a valid form."""
        return ContactDraft(**{name: self.cleaned_data[name] for name in CONTACT_FIELDS})


def known_country(code: str | None) -> str:
    """The code if there is such a country, else an empty string."""
    return code if code and code in countries else ""


def _choice_label(choice: ShippingChoice) -> str:
    price = str(choice.price) if choice.price else _("Free")
    parts = [f"{choice.name} – {price}", choice.description]
    return " · ".join(part for part in parts if part)
