"""A color as a field of a form, with a swatch to choose it by, and what is said of a weak one."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shopsite.lib.contrast import BLACK, HEX_COLOR
from shopsite.lib.palette import WeakPair

PAIR_ERRORS = {
    "ink": _(
        "This text cannot be read on the paper: the contrast is %(ratio)s:1, and 4.5:1 is needed."
    ),
    "accent": _(
        "Links in this color cannot be read on the paper: the contrast is %(ratio)s:1, and "
        "4.5:1 is needed."
    ),
}
NEAREST = _("%(error)s The nearest color that can be read is %(suggestion)s.")
NO_NEAREST = _("%(error)s No color can: choose a lighter or a darker paper.")

validate_color = RegexValidator(
    rf"\A{HEX_COLOR.pattern}\Z", _("Enter a color such as #2f5640: # and six digits from 0 to f.")
)


class ColorInput(forms.TextInput):
    class Media:
        css = {"all": ["cms/color_input.css"]}
        js = ["cms/color_input.js"]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        text = super().render(name, value, attrs, renderer)
        color = value if isinstance(value, str) and HEX_COLOR.fullmatch(value) else BLACK
        return render_to_string("cms/admin/color_input.html", {"text": text, "color": color})


class ColorFormField(forms.CharField):
    widget = ColorInput

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).lower()


class ColorField(models.CharField):
    """Holds "#rrggbb" in small letters."""

    default_validators = [validate_color]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 7, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": ColorFormField, **kwargs, "widget": ColorInput})


def pair_error(pair: WeakPair) -> str:
    # Rounded down: 4.49 must not read as the 4.5 that is asked for.
    ratio = f"{int(pair.ratio * 10) / 10:.1f}"
    text = NEAREST if pair.suggestion else NO_NEAREST
    error = PAIR_ERRORS[pair.name] % {"ratio": ratio}
    return text % {"error": error, "suggestion": pair.suggestion}
