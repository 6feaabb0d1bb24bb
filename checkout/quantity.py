"""Reads a quantity as shoppers, and others, send it. Pure."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from products.availability import MAX_QUANTITY

DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)


class InvalidQuantity(ValueError):
    """Its text tells the shopper what to enter."""


def parse_quantity(values: Sequence[str], *, at_least: int = 1) -> int:
    """The one number among the values of a form field, from `at_least` to what one order may have.

    Only plain digits count: int() would also take "١", " 3" and "1_000".
    """
    text = values[0].strip() if len(values) == 1 else ""
    if DIGITS.fullmatch(text) and at_least <= int(text) <= MAX_QUANTITY:
        return int(text)
    raise InvalidQuantity(
        _("Please enter a whole number from %(low)d to %(high)d.")
        % {"low": at_least, "high": MAX_QUANTITY}
    )


def read_step(text: str) -> int:
    """One more or one less, as the buttons beside a quantity say it; 0 for anything else."""
    return {"1": 1, "-1": -1}.get(text, 0)
