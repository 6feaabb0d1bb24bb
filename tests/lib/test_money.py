from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shopsite.lib.money import (
    CurrencyMismatch,
    Money,
    MoneyError,
    exponent,
    smallest_step,
    sum_money,
    tax_included,
)

CURRENCIES = ["EUR", "USD", "JPY", "KRW", "KWD", "BHD", "ISK", "UGX", "HUF", "TWD"]


def euro(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


@st.composite
def chargeable_amounts(draw: st.DrawFn, currency: str | None = None) -> Money:
    chosen = currency or draw(st.sampled_from(CURRENCIES))
    steps = draw(st.integers(min_value=-(10**9), max_value=10**9))
    return Money(smallest_step(chosen) * steps, chosen)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("EUR", 2), ("JPY", 0), ("MGA", 0), ("KWD", 3), ("ISK", 2), ("UGX", 2), ("HUF", 2)],
)
def test_exponent_is_what_stripe_counts_in(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("500", "JPY", 500),
        ("500.00", "JPY", 500),
        ("5.120", "KWD", 5120),
        ("5", "ISK", 500),
        ("5", "UGX", 500),
        ("10.45", "HUF", 1045),
        ("800.45", "TWD", 80045),
        ("-3.01", "EUR", -301),
        ("0", "EUR", 0),
    ],
)
def test_minor_units_of_known_amounts(amount: str, currency: str, minor: int) -> None:
    money = Money(Decimal(amount), currency)
    assert money.to_minor() == minor
    assert Money.from_minor(minor, currency) == money


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.005", "EUR"), ("0.5", "JPY"), ("5.124", "KWD"), ("5.50", "ISK"), ("5.50", "UGX")],
)
def test_an_amount_that_cannot_be_charged_has_no_minor_units(amount: str, currency: str) -> None:
    with pytest.raises(MoneyError, match="cannot be charged exactly"):
        Money(Decimal(amount), currency).to_minor()


@given(chargeable_amounts())
def test_every_chargeable_amount_survives_the_way_to_minor_units_and_back(money: Money) -> None:
    assert Money.from_minor(money.to_minor(), money.currency) == money
    assert money.quantize() == money


@given(st.sampled_from(CURRENCIES), st.decimals(-(10**9), 10**9, places=6))
def test_rounding_always_gives_a_chargeable_amount_close_by(currency: str, amount: Decimal) -> None:
    rounded = Money(amount, currency).quantize()
    assert rounded.to_minor() == int(rounded.amount.scaleb(exponent(currency)))
    assert abs(rounded.amount - amount) <= smallest_step(currency) / 2


@given(st.lists(chargeable_amounts("EUR"), max_size=30))
def test_minor_units_of_a_sum_are_the_sum_of_minor_units(items: list[Money]) -> None:
    assert sum_money(items, "EUR").to_minor() == sum(item.to_minor() for item in items)


@given(st.lists(chargeable_amounts("KWD"), max_size=30))
def test_sums_of_three_decimal_lines_stay_chargeable(items: list[Money]) -> None:
    assert sum_money(items, "KWD").to_minor() == sum(item.to_minor() for item in items)


@given(chargeable_amounts("EUR"), st.integers(0, 1000))
def test_multiplying_is_adding_many_times(money: Money, quantity: int) -> None:
    assert (money * quantity).to_minor() == money.to_minor() * quantity
    assert quantity * money == money * quantity


@given(chargeable_amounts("EUR"), chargeable_amounts("EUR"))
def test_order_of_amounts_is_order_of_minor_units(left: Money, right: Money) -> None:
    assert (left < right) == (left.to_minor() < right.to_minor())
    assert (left >= right) == (left.to_minor() >= right.to_minor())
    assert left - right == -(right - left)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("33.335", "EUR", "33.34"),
        ("33.334", "EUR", "33.33"),
        ("-33.335", "EUR", "-33.34"),
        ("0.5", "JPY", "1"),
        ("5.124", "KWD", "5.120"),
        ("5.125", "KWD", "5.130"),
        ("5.50", "ISK", "6"),
    ],
)
def test_rounding_is_half_up_to_a_chargeable_step(amount: str, currency: str, rounded: str) -> None:
    assert str(Money(Decimal(amount), currency).quantize().amount) == rounded


def test_different_currencies_do_not_mix() -> None:
    dollars = Money(Decimal(1), "USD")
    for mix in (
        lambda: euro("1") + dollars,
        lambda: euro("1") - dollars,
        lambda: euro("1") < dollars,
        lambda: euro("1") >= dollars,
        lambda: sum_money([dollars], "EUR"),
    ):
        with pytest.raises(CurrencyMismatch, match=r"Cannot combine amounts in EUR and USD\."):
            mix()
    assert euro("1") != dollars


def test_arithmetic_accepts_money_and_whole_quantities_only() -> None:
    with pytest.raises(TypeError):
        euro("1") + Decimal(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        euro("1") * Decimal("1.5")  # type: ignore[operator]
    with pytest.raises(TypeError):
        euro("1") < 1  # type: ignore[operator]  # noqa: B015


@pytest.mark.parametrize("currency", ["eur", "EU", "EURO", "E1R", "", "ÉUR"])
def test_a_currency_is_three_upper_case_letters(currency: str) -> None:
    with pytest.raises(MoneyError, match="three upper-case letters"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_an_amount_is_finite(amount: str) -> None:
    with pytest.raises(MoneyError, match="finite"):
        Money(Decimal(amount), "EUR")


@pytest.mark.parametrize("amount", [1.5, 1, "1.50", None])
def test_an_amount_is_a_decimal(amount: object) -> None:
    with pytest.raises(TypeError, match="must be a Decimal"):
        Money(amount, "EUR")  # type: ignore[arg-type]


def test_equal_amounts_are_equal_however_many_zeros_they_carry() -> None:
    assert euro("5") == euro("5.00")
    assert hash(euro("5")) == hash(euro("5.00"))
    assert not Money.zero("EUR")
    assert euro("0.01")


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "shown"),
    [
        ("1234.5", "EUR", "en_US", "€1,234.50"),
        ("1234.5", "EUR", "de", "1.234,50\xa0€"),
        ("1234.5", "EUR", "fr-fr", "1\u202f234,50\xa0€"),
        ("-5", "USD", "en_US", "-$5.00"),
        ("500", "JPY", "en_US", "¥500"),
        ("5.12", "KWD", "en_US", "KWD\xa05.120"),
        ("5", "ISK", "en_US", "ISK\xa05"),
        ("10.50", "RSD", "en_US", "RSD\xa010.50"),
        ("10", "RSD", "en_US", "RSD\xa010"),
        ("33.335", "EUR", "en_US", "€33.34"),
        ("1", "EUR", "xx-nowhere", "€1.00"),
    ],
)
def test_amounts_are_written_as_people_write_them(
    amount: str, currency: str, locale: str, shown: str
) -> None:
    assert Money(Decimal(amount), currency).format(locale) == shown


def test_text_of_an_amount_follows_the_active_language() -> None:
    with translation.override("de"):
        assert str(euro("1234.5")) == "1.234,50\xa0€"
    with translation.override("en-gb"):
        assert str(euro("1234.5")) == "€1,234.50"
    with translation.override(None):
        assert str(euro("1234.5")) == "€1,234.50"


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [("120", "20", "20.00"), ("99.99", "20", "16.67"), ("10", "7", "0.65"), ("10", "0", "0.00")],
)
def test_tax_inside_a_price(gross: str, rate: str, tax: str) -> None:
    assert tax_included(euro(gross), Decimal(rate)) == euro(tax)


@given(chargeable_amounts("EUR"), st.decimals(0, 100, places=2))
def test_net_and_tax_add_up_to_gross(gross: Money, rate: Decimal) -> None:
    tax = tax_included(gross, rate)
    assert (gross - tax).to_minor() + tax.to_minor() == gross.to_minor()
    assert abs(tax.amount) <= abs(gross.amount)


@pytest.mark.parametrize("rate", ["-1", "NaN", "Infinity"])
def test_a_tax_rate_is_a_percentage(rate: str) -> None:
    with pytest.raises(MoneyError, match="percentage"):
        tax_included(euro("1"), Decimal(rate))
