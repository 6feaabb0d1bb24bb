"""Makes a Django form of the fields that were put together in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from shopsite.contact.models import ContactForm, ContactFormField
from shopsite.lib.text import has_control_characters

PREFIX = "f"  # Keeps the names of fields apart from those of the guard.
MAX_LINES = 5000
MAX_EMAIL = 254  # As long as an address can be, and as the database takes it.

# What browsers can fill in by themselves, by the name that a label becomes.
AUTOCOMPLETE = {
    "name": "name",
    "your_name": "name",
    "first_name": "given-name",
    "last_name": "family-name",
    "company": "organization",
    "phone": "tel",
    "telephone": "tel",
    "city": "address-level2",
    "postal_code": "postal-code",
    "country": "country-name",
}


def no_control_characters(text: str) -> None:
    if has_control_characters(text, allow_newlines=True):
        raise ValidationError(_("This holds characters that cannot be read."))


class ContactFormBuilder(FormBuilder):
    """Wagtail's, with what browsers help with and limits to what is kept."""

    def get_field_options(self, field: ContactFormField) -> dict[str, Any]:
        missing = {"required": _("Please fill this in.")}
        return {**super().get_field_options(field), "error_messages": missing}

    def create_singleline_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        made = super().create_singleline_field(field, options)
        made.validators.append(no_control_characters)
        autocomplete = AUTOCOMPLETE.get(field.clean_name or field.get_field_clean_name())
        if autocomplete:
            made.widget.attrs["autocomplete"] = autocomplete
        return made

    def create_multiline_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        options["max_length"] = MAX_LINES
        options["widget"] = forms.Textarea(attrs={"rows": 5})
        made = super().create_multiline_field(field, options)
        made.validators.append(no_control_characters)
        return made

    def create_email_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        options["widget"] = forms.EmailInput(attrs={"autocomplete": "email"})
        options["max_length"] = MAX_EMAIL
        return super().create_email_field(field, options)

    def create_date_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return super().create_date_field(field, options)

    def create_number_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        options["widget"] = forms.NumberInput(attrs={"step": "any"})
        return forms.DecimalField(max_digits=20, **options)

    def create_dropdown_field(self, field: ContactFormField, options: dict[str, Any]) -> Any:
        choices = [("", _("Please choose")), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(choices=choices, **options)


def make_form(
    contact_form: ContactForm, *, data: Any = None, html_id: str = "contact-form"
) -> BaseForm:
    """The form to fill in, or with `data` to be checked. `html_id` begins the ids of its fields."""
    form_class = ContactFormBuilder(contact_form.fields.all()).get_form_class()
    form: BaseForm = form_class(data, prefix=PREFIX, auto_id=f"{html_id}-%s")
    return form


def answers_of(form: BaseForm) -> list[dict[str, Any]]:
    """What a valid form holds, in its order, as it is stored. Nothing is left out."""
    return [
        {"label": field.label, "value": _storable(form.cleaned_data[name])}
        for name, field in form.fields.items()
    ]


def sender_of(form: BaseForm) -> str:
    """The address in the first field for one; "" if there is none or it was left empty."""
    for name, field in form.fields.items():
        if isinstance(field, forms.EmailField):
            return form.cleaned_data[name] or ""
    return ""


def _storable(value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value if isinstance(value, str | list) or value is None else str(value)
