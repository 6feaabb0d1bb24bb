"""Tax inside prices, exact to the smallest step of a currency. Pure.

Every amount is rounded so that the tax of all amounts of one rate is the tax of their sum, which is
what invoices state and what tax offices compute. Rounding each by itself would drift.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopsite.lib.money import Money, tax_included


@dataclass(frozen=True)
class Taxed:
    """An amount with its tax inside, and the rate in percent."""

    gross: Money
    rate: Decimal


@dataclass(frozen=True)
class TaxShare:
    """What of an order is taxed at one rate, in percent."""

    rate: Decimal
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        return self.gross - self.tax

    @property
    def rate_label(self) -> str:
        return percent_label(self.rate)


def split_tax(amounts: Sequence[Taxed]) -> tuple[Money, ...]:
    """The tax of each amount, in their order.

    Of each rate the running sum is taxed, and an amount gets what it adds to that: at most one step
    away from its own tax, and together exactly the tax of the whole.
    """
    sums: dict[Decimal, Money] = {}
    taxes = []
    for one in amounts:
        before = sums.get(one.rate, Money.zero(one.gross.currency))
        sums[one.rate] = before + one.gross
        taxes.append(tax_included(sums[one.rate], one.rate) - tax_included(before, one.rate))
    return tuple(taxes)


def tax_shares(amounts: Iterable[tuple[Taxed, Money]]) -> tuple[TaxShare, ...]:
    """Amounts and the tax inside each, added up by rate; the highest rate first."""
    shares: dict[Decimal, TaxShare] = {}
    for one, tax in amounts:
        nothing = Money.zero(tax.currency)
        known = shares.get(one.rate, TaxShare(one.rate, nothing, nothing))
        shares[one.rate] = TaxShare(one.rate, known.gross + one.gross, known.tax + tax)
    return tuple(sorted(shares.values(), key=lambda share: -share.rate))


def tax_of_pieces(tax: Money, *, quantity: int, before: int, pieces: int) -> Money:
    """What of a line's tax belongs to `pieces` of its `quantity`, after `before` were taken out.

    Taking out all of them, in whatever portions, takes out exactly the tax of the line.
    """
    return portion(tax, before + pieces, quantity) - portion(tax, before, quantity)


def percent_label(rate: Decimal) -> str:
    """ "19" or "5.5"."""
    return f"{rate.normalize():f}"


def portion(amount: Money, part: int | Decimal, whole: int | Decimal) -> Money:
    """So much of an amount as `part` is of `whole`, rounded."""
    return Money(amount.amount * part / whole, amount.currency).quantize()
