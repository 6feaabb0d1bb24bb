"""Sums: lines, order and Stripe agree to the minor unit, in every currency and every mix of tax."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checkout.totals import PricedLine, Totals, compute_totals, quote_of
from shopsite.lib.money import Money, smallest_step, sum_money

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "ISK"])
RATES = st.sampled_from([Decimal(rate) for rate in ("0", "7", "19", "5.5", "25")])


def line(price: str, quantity: int = 1, *, sku: str = "MUG", rate: str = "19") -> PricedLine:
    return PricedLine(1, sku, "Mug", "", quantity, Money(Decimal(price), "EUR"), Decimal(rate))


def totals(*lines: PricedLine, shipping: str | None = None) -> Totals:
    price = None if shipping is None else Money(Decimal(shipping), "EUR")
    return compute_totals(lines, shipping=price, currency="EUR")


def test_a_cart_with_shipping_adds_up() -> None:
    result = totals(line("24.00", 2), line("19.99", 3, sku="TIN"), shipping="4.90")
    assert str(result.subtotal) == "€107.97"
    assert str(result.total) == "€112.87"
    assert [str(tax) for tax in result.line_taxes] == ["€7.66", "€9.58"]
    assert str(result.shipping_tax) == "€0.78"
    assert str(result.tax) == "€18.02"


def test_each_rate_is_added_up_and_the_parcel_has_the_highest_of_its_goods() -> None:
    result = totals(line("24.00", 2), line("10.70", 3, sku="TEA", rate="7"), shipping="4.90")
    assert [(str(s.rate), str(s.gross), str(s.tax)) for s in result.tax_shares] == [
        ("19", "€52.90", "€8.45"),
        ("7", "€32.10", "€2.10"),
    ]
    assert (str(result.shipping_tax), result.shipping_tax_rate) == ("€0.79", Decimal(19))
    assert str(result.tax) == "€10.55"


def test_goods_at_a_reduced_rate_alone_come_in_a_parcel_at_that_rate() -> None:
    result = totals(line("10.70", rate="7"), shipping="4.90")
    assert [str(share.rate) for share in result.tax_shares] == ["7"]
    assert str(result.shipping_tax) == "€0.32"


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
    items=st.lists(
        st.tuples(st.integers(1, 10**7), st.integers(1, 99), RATES), min_size=1, max_size=8
    ),
    shipping=st.integers(0, 10**5),
)
def test_lines_and_shipping_are_the_total_in_minor_units(
    currency: str, items: list[tuple[int, int, Decimal]], shipping: int
) -> None:
    step = smallest_step(currency)
    lines = [
        PricedLine(number, f"S{number}", "Mug", "", quantity, Money(steps * step, currency), rate)
        for number, (steps, quantity, rate) in enumerate(items)
    ]
    parcel = Money(shipping * step, currency)
    result = compute_totals(lines, shipping=parcel, currency=currency)
    asked = sum(one.unit_price.to_minor() * one.quantity for one in lines) + parcel.to_minor()
    assert result.total.to_minor() == asked
    inside = sum_money([*result.line_taxes, result.shipping_tax], currency)
    assert result.tax == inside
    assert sum_money((share.gross for share in result.tax_shares), currency) == result.total
    assert Money.zero(currency) <= result.tax <= result.total
