"""What a cart costs. Pure: the one calculation behind cart, checkout page, order and Stripe."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopsite.lib.money import Money, sum_money, tax_included


@dataclass(frozen=True)
class PricedLine:
    """So many of one variant at one price, tax included."""

    variant_id: int
    sku: str
    title: str
    options_label: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Totals:
    """`shipping` is None until a way of shipping is chosen; the total is then the goods alone.

    The tax is part of the prices: the sum of the tax of each line and of the shipping, each
    rounded by itself, so that lines and totals add up on every page.
    """

    lines: tuple[PricedLine, ...]
    line_taxes: tuple[Money, ...]
    subtotal: Money
    shipping: Money | None
    tax: Money
    total: Money


def quote_of(lines: Sequence[PricedLine], shipping_prices: Sequence[Money]) -> str:
    """A digest of what the shopper was shown: the goods and what each way of shipping costs.

    If it changed by the time the form is sent, they must look again. Which of the ways they choose
    is no change: its price stood beside it.
    """
    parts = [f"{line.sku}:{line.quantity}:{line.unit_price.amount}" for line in lines]
    parts += [str(price.amount) for price in shipping_prices]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def compute_totals(
    lines: Sequence[PricedLine], *, shipping: Money | None, tax_rate: Decimal, currency: str
) -> Totals:
    """`tax_rate` is in percent and included in every price."""
    line_taxes = tuple(tax_included(line.total, tax_rate) for line in lines)
    subtotal = sum_money((line.total for line in lines), currency)
    taxes = [*line_taxes, tax_included(shipping, tax_rate)] if shipping else [*line_taxes]
    return Totals(
        lines=tuple(lines),
        line_taxes=line_taxes,
        subtotal=subtotal,
        shipping=shipping,
        tax=sum_money(taxes, currency),
        total=subtotal + shipping if shipping else subtotal,
    )
