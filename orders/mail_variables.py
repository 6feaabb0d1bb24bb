"""The places in a mail's words that are filled in for each order, such as {name}. Pure.

Only the names below are known, and nothing else is done with braces: what a person writes is never
a format string or a template.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VARIABLES: dict[str, Promise] = {
    "name": gettext_lazy("the customer's name"),
    "number": gettext_lazy("the order's number"),
    "total": gettext_lazy("what the order costs"),
    "shop": gettext_lazy("the shop's name"),
}

PLACE = re.compile(r"\{([^{}]*)\}")


def check_variables(text: str) -> None:
    """Raises ValidationError, in words for who writes, for a name that is unknown and for a brace
    that stands alone."""
    for name in PLACE.findall(text):
        if name not in VARIABLES:
            known = ", ".join(f"{{{one}}}" for one in VARIABLES)
            unknown = _("There is no {%(name)s}. You can use %(known)s.")
            raise ValidationError(unknown % {"name": name, "known": known})
    if re.search(r"[{}]", PLACE.sub("", text)):
        raise ValidationError(_("A curly bracket stands alone. They go in pairs, as in {name}."))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """The text with each place filled; one that is unknown after all stays as it is written."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs(text: str) -> list[str]:
    """What an empty line parts, each on one line."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [" ".join(part.split()) for part in parts if part.strip()]
