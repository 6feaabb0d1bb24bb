"""Tax inside prices adds up: pieces to lines, lines to rates, rates to the whole."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shopsite.lib.money import Money, smallest_step, sum_money, tax_included
from shopsite.lib.tax import Taxed, split_tax, tax_of_pieces, tax_shares

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "ISK"])
RATES = st.sampled_from([Decimal(rate) for rate in ("0", "2.1", "5.5", "7", "19", "25")])
AMOUNTS = st.lists(st.tuples(st.integers(0, 10**7), RATES), min_size=1, max_size=12)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def taxed(currency: str, amounts: list[tuple[int, Decimal]]) -> list[Taxed]:
    step = smallest_step(currency)
    return [Taxed(Money(steps * step, currency), rate) for steps, rate in amounts]


def test_three_thirds_of_a_euro_hold_the_tax_of_the_euro() -> None:
    """Each by itself would hold 0.05, which is a cent too little for the whole."""
    amounts = [Taxed(euros("0.33"), Decimal(19))] * 3
    assert [str(tax) for tax in split_tax(amounts)] == ["€0.05", "€0.06", "€0.05"]
    assert tax_included(euros("0.99"), Decimal(19)) == euros("0.16")


def test_rates_are_kept_apart_and_the_highest_stands_first() -> None:
    amounts = [
        Taxed(euros("10.70"), Decimal(7)),
        Taxed(euros("24"), Decimal(19)),
        Taxed(euros("10.70"), Decimal("7.00")),
    ]
    shares = tax_shares(zip(amounts, split_tax(amounts), strict=True))
    assert [(s.rate_label, str(s.gross), str(s.net), str(s.tax)) for s in shares] == [
        ("19", "€24.00", "€20.17", "€3.83"),
        ("7", "€21.40", "€20.00", "€1.40"),
    ]


@given(currency=CURRENCIES, amounts=AMOUNTS)
def test_the_taxes_of_amounts_are_the_tax_of_their_sum(
    currency: str, amounts: list[tuple[int, Decimal]]
) -> None:
    lines = taxed(currency, amounts)
    taxes = split_tax(lines)
    shares = tax_shares(zip(lines, taxes, strict=True))
    for share in shares:
        assert share.tax == tax_included(share.gross, share.rate)
    total = sum_money((one.gross for one in lines), currency)
    assert sum_money((share.gross for share in shares), currency) == total
    assert sum_money((share.net + share.tax for share in shares), currency) == total
    assert sum_money(taxes, currency) == sum_money((share.tax for share in shares), currency)
    step = Money(smallest_step(currency), currency)
    for line, tax in zip(lines, taxes, strict=True):
        assert Money.zero(currency) <= tax <= line.gross
        own = tax_included(line.gross, line.rate)
        assert own - step <= tax <= own + step
        assert tax == tax.quantize()


@given(
    currency=CURRENCIES,
    steps=st.integers(0, 10**7),
    portions=st.lists(st.integers(1, 9), min_size=1, max_size=9),
)
def test_all_pieces_of_a_line_in_any_portions_hold_its_tax(
    currency: str, steps: int, portions: list[int]
) -> None:
    tax, quantity, before = Money(steps * smallest_step(currency), currency), sum(portions), 0
    taken = []
    for pieces in portions:
        taken.append(tax_of_pieces(tax, quantity=quantity, before=before, pieces=pieces))
        before += pieces
    assert sum_money(taken, currency) == tax
    assert min(taken) >= Money.zero(currency)
