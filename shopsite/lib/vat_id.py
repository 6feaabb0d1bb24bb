"""Numbers by which companies are known to the tax office, checked by their digits. Asks nobody."""

import re
from collections.abc import Iterator

from stdnum import get_cc_module
from stdnum.eu import vat as european
from stdnum.exceptions import ValidationError
from stdnum.util import clean

# Greece is EL in its numbers, and Northern Ireland has a prefix of its own.
PREFIX_OF = {"GR": "EL"}
EUROPEAN_PREFIXES = frozenset(
    PREFIX_OF.get(code.upper(), code.upper()) for code in european.MEMBER_STATES
)
# What a number may look like where nothing more is known of it.
UNKNOWN_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{4,20}")
SEPARATORS = " -./:"


class InvalidVatId(ValueError):
    """A number that cannot be one, such as one with a digit mistyped."""


def read_vat_id(text: str, *, country: str) -> str:
    """The number without separators and with its country in front, as invoices show it.

    `country` (ISO 3166-1) is that of the company, for a number without a prefix. Digits are checked
    for the countries that python-stdnum knows; of all others any letters and digits will do.
    Raises `InvalidVatId`. Whether the number was really given to somebody is not looked up.
    """
    number = clean(text, SEPARATORS).upper().strip()
    home = PREFIX_OF.get(country, country)
    spellings = (_checked(prefix, rest) for prefix, rest in _spellings(number, home))
    checked = next((one for one in spellings if one is not None), None)
    if checked is None and UNKNOWN_NUMBER.fullmatch(number) and _is_unknown(home):
        checked = home + number.removeprefix(home)
    if checked is None:
        raise InvalidVatId(text)
    return checked


def _spellings(number: str, home: str) -> Iterator[tuple[str, str]]:
    """As it stands, if it begins with two letters, and then as a number without a country."""
    if number[:2].isascii() and number[:2].isalpha():
        yield PREFIX_OF.get(number[:2], number[:2]), number[2:]
    yield home, number


def _checked(prefix: str, rest: str) -> str | None:
    """None for what is no number of that country, or if its numbers are not known."""
    number = prefix + rest
    try:
        if prefix in EUROPEAN_PREFIXES:
            return european.validate(number)
        module = get_cc_module(prefix.lower(), "vat")
        if module is None:
            return None
        # Swiss numbers have their country inside.
        checked = module.validate(number if prefix == "CH" else rest)
    except ValidationError:
        return None
    return checked if checked.startswith(prefix) else prefix + checked


def _is_unknown(prefix: str) -> bool:
    return prefix not in EUROPEAN_PREFIXES and get_cc_module(prefix.lower(), "vat") is None
