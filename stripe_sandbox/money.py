"""Amounts in minor units: which exponent a currency has, limits, and how a person reads them."""

import copy
import re
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency

# The currencies whose API amounts are whole units (docs.stripe.com/currencies). Stripe keeps ISK
# and UGX at two decimals for old integrations, although they have none, so they are not here.
ZERO_DECIMAL = frozenset(
    {
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga",
        "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
    }
)  # fmt: skip
THREE_DECIMAL = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})
WHOLE_UNITS_ONLY = frozenset({"isk", "ugx"})
MAXIMUM_AMOUNT = 99_999_999

# A code used as a symbol stands off from the number: KWD 12.340.
_LETTERS_AT_DIGITS = re.compile(r"([A-Z]{3})(?=[0-9])")

# About half a US dollar, rounded as Stripe rounds it for the currencies shops settle in most. A
# currency that is not named here takes the fallback for its number of decimals.
_MINIMUM = {
    "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200,
    "nok": 300, "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000, "usd": 50,
}  # fmt: skip


def is_supported(currency: str) -> bool:
    """Whether ``currency`` (lower case) is a currency people can pay in."""
    return currency.islower() and len(currency) == 3 and is_currency(currency.upper())


def exponent(currency: str) -> int:
    """The number of decimals of the currency's API amounts: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def minimum_amount(currency: str) -> int:
    """The least chargeable amount, in minor units."""
    return _MINIMUM.get(currency, {0: 50, 2: 50, 3: 500}[exponent(currency)])


def minor_step(currency: str) -> int:
    """Amounts must be multiples of this: 10 where the last of three digits must be 0."""
    if currency in THREE_DECIMAL:
        return 10
    return 100 if currency in WHOLE_UNITS_ONLY else 1


def to_decimal(amount: int, currency: str) -> Decimal:
    """1999, "eur" -> Decimal("19.99")."""
    return Decimal(amount).scaleb(-exponent(currency))


def format_amount(amount: int, currency: str, locale: Locale | str = "en") -> str:
    """``amount`` minor units as a person in ``locale`` writes them: ``€19.99``, ``¥500``.

    The number of decimals is Stripe's, not the locale data's: the two differ for some currencies,
    and a payment page must show the amount that will be charged.
    """
    known = locale if isinstance(locale, Locale) else parse_locale(locale)
    pattern = copy.copy(known.currency_formats["standard"])
    pattern.frac_prec = (exponent(currency),) * 2
    written = pattern.apply(
        to_decimal(amount, currency), known, currency=currency.upper(), currency_digits=False
    )
    return _LETTERS_AT_DIGITS.sub("\\1\u00a0", written)


def parse_locale(tag: str) -> Locale:
    """The locale for a tag such as ``en-GB``; English where the tag says nothing usable."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
