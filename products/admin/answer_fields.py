"""One typed form field for each attribute of a product's type."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import DecimalValidator
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from products.attributes import Answer
from products.models import Attribute, AttributeChoice, AttributeValue
from products.models.catalog import DECIMAL_PLACES, MAX_DIGITS

YES, NO = "yes", "no"


class NumberWithUnit(forms.TextInput):
    """A number with its unit beside it. People hear the unit as part of the field's name."""

    def __init__(self, *, name: str, unit: str) -> None:
        attrs = {"inputmode": "decimal"}
        if unit:
            attrs["aria-label"] = f"{name} ({unit})"
        super().__init__(attrs=attrs)
        self.unit = unit

    def render(self, *args: Any, **kwargs: Any) -> Any:
        field = super().render(*args, **kwargs)
        context = {"field": field, "unit": self.unit}
        return render_to_string("products/admin/number_with_unit.html", context)


class AnswerChoiceField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": _("That choice is gone. Choose another one.")}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nobody has said so yet."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Unknown")), (YES, _("Yes")), (NO, _("No"))]
        super().__init__(choices=choices, coerce=lambda v: v == YES, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO, None: ""}.get(value, value)


def field_name(attribute: Attribute) -> str:
    return f"attribute-{attribute.pk}"


def answer_field(attribute: Attribute, answer: Answer) -> forms.Field:
    """The field of an attribute with its choices prefetched, and what it holds at first."""
    common: dict[str, Any] = {"label": attribute.name, "required": False, "initial": answer}
    match attribute.kind:
        case Attribute.Kind.NUMBER:
            return forms.DecimalField(
                **{**common, "initial": _plain(answer)},
                widget=NumberWithUnit(name=attribute.name, unit=attribute.unit),
                validators=[DecimalValidator(MAX_DIGITS, DECIMAL_PLACES)],
                error_messages={"invalid": _("Enter a number, such as 1.5.")},
            )
        case Attribute.Kind.CHOICE:
            return AnswerChoiceField(
                **common,
                queryset=AttributeChoice.objects.filter(attribute=attribute),
                empty_label=_("Unknown"),
            )
        case Attribute.Kind.BOOLEAN:
            return YesNoField(**common)
    max_length = AttributeValue._meta.get_field("text").max_length
    return forms.CharField(**common, max_length=max_length)


def _plain(answer: Answer) -> str | None:
    """A number without the zeros that fill its column."""
    if not isinstance(answer, Decimal):
        return None
    text = f"{answer:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
