"""What a cart costs. Pure: the one calculation behind cart, checkout page, order and Stripe."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopsite.lib.money import Money, sum_money
from shopsite.lib.tax import Taxed, TaxShare, split_tax, tax_shares


@dataclass(frozen=True)
class PricedLine:
    """So many of one variant at one price, tax included; `tax_rate` in percent."""

    variant_id: int
    sku: str
    title: str
    options_label: str
    quantity: int
    unit_price: Money
    tax_rate: Decimal

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Totals:
    """`shipping` is None until a way of shipping is chosen; the total is then the goods alone.

    The tax is part of the prices. `tax_shares` add it up by rate, the highest first; what each line
    and the shipping hold of it add up to the same.
    """

    lines: tuple[PricedLine, ...]
    line_taxes: tuple[Money, ...]
    subtotal: Money
    shipping: Money | None
    shipping_tax: Money
    shipping_tax_rate: Decimal
    tax_shares: tuple[TaxShare, ...]
    total: Money

    @property
    def tax(self) -> Money:
        return sum_money((share.tax for share in self.tax_shares), self.total.currency)


def quote_of(lines: Sequence[PricedLine], shipping_prices: Sequence[Money]) -> str:
    """A digest of what the shopper was shown: the goods and what each way of shipping costs.

    If it changed by the time the form is sent, they must look again. Which of the ways they choose
    is no change: its price stood beside it.
    """
    parts = [f"{line.sku}:{line.quantity}:{line.unit_price.amount}" for line in lines]
    parts += [str(price.amount) for price in shipping_prices]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def compute_totals(lines: Sequence[PricedLine], *, shipping: Money | None, currency: str) -> Totals:
    """Shipping is taxed at the highest rate among the goods it belongs to."""
    shipping_rate = max((line.tax_rate for line in lines), default=Decimal(0))
    shipping_paid = shipping or Money.zero(currency)
    taxed = [Taxed(line.total, line.tax_rate) for line in lines]
    taxed.append(Taxed(shipping_paid, shipping_rate))
    *line_taxes, shipping_tax = split_tax(taxed)
    subtotal = sum_money((line.total for line in lines), currency)
    return Totals(
        lines=tuple(lines),
        line_taxes=tuple(line_taxes),
        subtotal=subtotal,
        shipping=shipping,
        shipping_tax=shipping_tax,
        shipping_tax_rate=shipping_rate,
        tax_shares=tax_shares(zip(taxed, [*line_taxes, shipping_tax], strict=True)),
        total=subtotal + shipping_paid,
    )
