"""Fields that the parts of the checkout form have in common."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from checkout.postal_codes import PostalCodeRule
from shopsite.lib.text import has_control_characters


def validate_one_line(value: str) -> None:
    """Names and addresses end up in mail headers, on labels and in spreadsheets."""
    if has_control_characters(value):
        raise ValidationError(_("This contains characters that cannot be used here."))
    if "://" in value:
        raise ValidationError(_("This cannot contain a web address."))


def line_field(
    label: Any, *, autocomplete: str, max_length: int, missing: Any = None, **attributes: str
) -> Any:
    """One line of text; `missing` is what to say when it is empty, and None lets it be empty.
    The attributes are those of the input."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=missing is not None,
        error_messages={"required": missing} if missing else None,
        validators=[validate_one_line],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, **attributes}),
    )


def read_postal_code(text: str, rule: PostalCodeRule, *, country_name: str) -> str:
    """As it stands on a parcel, empty for empty text; raises ValidationError with an example."""
    code = rule.read(text) if text else ""
    if code is None:
        raise ValidationError(
            _("In %(country)s a postal code looks like %(example)s.")
            % {"country": country_name, "example": rule.example}
        )
    return code
