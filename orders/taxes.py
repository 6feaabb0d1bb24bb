"""The tax inside an order, by rate. Reads, decides nothing."""

from orders.models import Order
from shopsite.lib.tax import Taxed, TaxShare, tax_shares


def order_tax_shares(order: Order) -> tuple[TaxShare, ...]:
    """The highest rate first; they add up to the order's total and to the tax inside it."""
    amounts = [
        (Taxed(order.money(line.line_total), line.tax_rate), order.money(line.line_tax))
        for line in order.lines.all()
    ]
    shipping = Taxed(order.money(order.shipping_total), order.shipping_tax_rate)
    if order.shipping_total:
        amounts.append((shipping, order.money(order.shipping_tax)))
    return tax_shares(amounts)
