"""Sums: lines, order and Stripe agree to the minor unit, in every currency."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checkout.totals import PricedLine, compute_totals, quote_of
from shopsite.lib.money import Money, smallest_step, tax_included

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "ISK"])
RATES = st.sampled_from([Decimal(rate) for rate in ("0", "7", "19", "5.5", "25")])


def line(price: str, quantity: int = 1, *, currency: str = "EUR", sku: str = "MUG") -> PricedLine:
    return PricedLine(1, sku, "Mug", "", quantity, Money(Decimal(price), currency))


def totals(*lines: PricedLine, shipping: str | None = None, rate: str = "19"):
    price = None if shipping is None else Money(Decimal(shipping), "EUR")
    return compute_totals(lines, shipping=price, tax_rate=Decimal(rate), currency="EUR")


def test_a_cart_with_shipping_adds_up() -> None:
    result = totals(line("24.00", 2), line("19.99", 3, sku="TIN"), shipping="4.90")
    assert str(result.subtotal) == "€107.97"
    assert str(result.total) == "€112.87"
    assert [str(tax) for tax in result.line_taxes] == ["€7.66", "€9.58"]
    assert str(result.tax) == "€18.02"  # 7.66 + 9.58 + 0.78 of the parcel


def test_without_a_way_of_shipping_the_total_is_the_goods() -> None:
    result = totals(line("24.00"))
    assert result.shipping is None
    assert result.total == result.subtotal


def test_free_shipping_is_chosen_and_costs_nothing() -> None:
    result = totals(line("24.00"), shipping="0")
    assert result.shipping == Money(Decimal(0), "EUR")
    assert str(result.total) == "€24.00"


def test_the_quote_changes_with_everything_the_shopper_was_shown() -> None:
    def quote(*lines: PricedLine, shipping: tuple[str, ...] = ("4.90", "12.90")) -> str:
        return quote_of(lines, [Money(Decimal(price), "EUR") for price in shipping])

    base = quote(line("24.00"))
    assert base == quote(line("24.00"))
    others = [
        quote(line("24.01")),
        quote(line("24.00", 2)),
        quote(line("24.00", sku="TIN")),
        quote(line("24.00"), shipping=("4.90", "13.90")),
        quote(line("24.00"), shipping=("4.90",)),
        quote(line("24.00"), shipping=()),
    ]
    assert base not in others
    assert len(set(others)) == len(others)


@given(
    currency=CURRENCIES,
    rate=RATES,
    prices=st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 99)), min_size=1, max_size=8),
    shipping=st.integers(0, 10**5),
)
def test_lines_and_shipping_are_the_total_in_minor_units(
    currency: str, rate: Decimal, prices: list[tuple[int, int]], shipping: int
) -> None:
    step = smallest_step(currency)
    lines = [
        PricedLine(number, f"S{number}", "Mug", "", quantity, Money(steps * step, currency))
        for number, (steps, quantity) in enumerate(prices)
    ]
    parcel = Money(shipping * step, currency)
    result = compute_totals(lines, shipping=parcel, tax_rate=rate, currency=currency)
    asked = sum(one.unit_price.to_minor() * one.quantity for one in lines) + parcel.to_minor()
    assert result.total.to_minor() == asked
    taxes = [tax_included(one.total, rate) for one in lines] + [tax_included(parcel, rate)]
    assert result.tax.amount == sum(tax.amount for tax in taxes)
    assert Money.zero(currency) <= result.tax <= result.total
