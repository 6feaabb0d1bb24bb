"""What a variant may say about the options of its product. Pure."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def missing_option_text(option: str) -> str:
    return _("Say which %(option)s this variant has.") % {"option": option}


def check_option_values(*, names: Sequence[str], values: Sequence[str]) -> None:
    """Raises ValidationError, keyed by field, unless there is one value for each named option.

    `names` are the product's options in order; `values` are option1 to option3 of the variant.
    """
    errors: dict[str, str] = {}
    for position, value in enumerate(values, start=1):
        has_option = position <= len(names)
        if has_option and not value:
            errors[f"option{position}"] = missing_option_text(names[position - 1])
        elif value and not has_option:
            errors[f"option{position}"] = _("The product has no such option.")
    if errors:
        raise ValidationError(errors)
