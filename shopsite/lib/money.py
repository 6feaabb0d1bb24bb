"""Amounts of money, exact, in one currency at a time.

How many decimals a currency has is a question with several answers. Amounts here follow what
Stripe charges, because an amount that cannot be charged is not a price. Source:
https://docs.stripe.com/currencies, sections "Zero-decimal currencies", "Three-decimal
currencies" and "Special cases".
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import get_language, to_locale

ZERO_DECIMAL_CURRENCIES = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
        "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    }
)  # fmt: skip
THREE_DECIMAL_CURRENCIES = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})

# These two lost their cents, but Stripe still counts them in hundredths that must be 00: five
# shillings are 500. UGX stands in Stripe's zero-decimal list as well; the special case is the
# stricter rule and wins. HUF and TWD are special for payouts only and are charged with two
# decimals like most others.
WHOLE_UNIT_CURRENCIES = frozenset({"ISK", "UGX"})

FALLBACK_LOCALE = "en_US"

# CLDR asks for a space between a currency written in letters and its digits; Babel leaves it out.
LETTER_BESIDE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class MoneyError(ValueError):
    """An amount or a currency that cannot be used as money."""


class CurrencyMismatch(MoneyError):
    """Two amounts in different currencies met in one calculation."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"Cannot combine amounts in {left} and {right}.")


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency.

    The amount may carry more digits than the currency has; `quantize` rounds it. Amounts in
    different currencies are unequal, and comparing or adding them raises `CurrencyMismatch`.
    Zero is false, as it is for numbers.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            # A float has lost the cents already, and an int hides whether it means minor units.
            raise TypeError(f"The amount must be a Decimal, not {type(self.amount).__name__}.")
        if not self.amount.is_finite():
            raise MoneyError("The amount must be a finite number.")
        validate_currency(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(Decimal(0), currency)

    @classmethod
    def from_minor(cls, units: int, currency: str) -> Self:
        """Make an amount of Stripe's integer minor units: 1250 EUR is 12.50, 1250 JPY is 1250."""
        return cls(Decimal(units).scaleb(-exponent(currency)), currency)

    def to_minor(self) -> int:
        """Return the amount in Stripe's integer minor units.

        Never rounds: `MoneyError` if Stripe could not charge exactly this amount.
        """
        if self.amount % smallest_step(self.currency):
            raise MoneyError(f"{self.amount} {self.currency} cannot be charged exactly.")
        return int(self.amount.scaleb(exponent(self.currency)))

    def quantize(self) -> Self:
        """Round half up to the nearest amount that can be charged."""
        rounded = self.amount.quantize(smallest_step(self.currency), rounding=ROUND_HALF_UP)
        if self.currency in THREE_DECIMAL_CURRENCIES:
            rounded = rounded.quantize(Decimal("0.001"))
        return type(self)(rounded, self.currency)

    def format(self, locale: str | None = None) -> str:
        """Return the rounded amount as people in `locale` write it, by default the active one.

        An unknown locale is written as American English.
        """
        amount = self.quantize().amount
        # Some currencies are written without the decimals they are charged with (RSD, LBP). Then
        # the digits of the locale's own pattern are shown rather than a price that is not true.
        digits_suffice = amount == round(amount, get_currency_precision(self.currency))
        text = format_currency(
            amount,
            self.currency,
            locale=_known_locale(locale) if locale else active_locale(),
            currency_digits=digits_suffice,
        )
        return LETTER_BESIDE_DIGIT.sub("\u00a0", text)

    def __str__(self) -> str:
        return self.format()

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __neg__(self) -> Self:
        return type(self)(-self.amount, self.currency)

    def __add__(self, other: object) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        self._require_same_currency(other)
        return type(self)(self.amount + other.amount, self.currency)

    def __sub__(self, other: object) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        self._require_same_currency(other)
        return type(self)(self.amount - other.amount, self.currency)

    def __mul__(self, quantity: object) -> Self:
        if not isinstance(quantity, int):
            return NotImplemented
        return type(self)(self.amount * quantity, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._require_same_currency(other)
        return self.amount < other.amount

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)


def validate_currency(currency: str) -> None:
    """Raise `MoneyError` unless `currency` looks like an ISO 4217 code in upper case."""
    if not (
        len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    ):
        raise MoneyError(f"The currency must be three upper-case letters, not {currency!r}.")


def exponent(currency: str) -> int:
    """Return how many decimals Stripe's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD."""
    validate_currency(currency)
    if currency in ZERO_DECIMAL_CURRENCIES:
        return 0
    return 3 if currency in THREE_DECIMAL_CURRENCIES else 2


def smallest_step(currency: str) -> Decimal:
    """Return the smallest difference between two amounts that Stripe can charge.

    This is not always one minor unit: three-decimal amounts must end in 0, ISK and UGX in 00.
    """
    if exponent(currency) == 0 or currency in WHOLE_UNIT_CURRENCIES:
        return Decimal(1)
    return Decimal("0.01")


def sum_money(items: Iterable[Money], currency: str) -> Money:
    """Add up `items`; an empty sum is zero in `currency`."""
    return sum(items, start=Money.zero(currency))


def tax_included(gross: Money, rate: Decimal) -> Money:
    """Return the tax inside a tax-inclusive amount, rounded; `rate` is in percent (20 for 20 %)."""
    if not rate.is_finite() or rate < 0:
        raise MoneyError("The tax rate must be a percentage of zero or more.")
    return Money(gross.amount * rate / (100 + rate), gross.currency).quantize()


def active_locale() -> str:
    """Return the Babel name of the language that Django has active in this thread."""
    language = get_language()
    return _known_locale(to_locale(language)) if language else FALLBACK_LOCALE


@functools.lru_cache(maxsize=256)
def _known_locale(name: str) -> str:
    try:
        return str(Locale.parse(name.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return FALLBACK_LOCALE
