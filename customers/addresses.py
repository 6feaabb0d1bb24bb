"""The addresses a customer has had things sent to."""

from dataclasses import dataclass

from customers.models import Customer
from orders.by_email import orders_of
from orders.models import Order

LOOKED_AT = 50
MOST_ADDRESSES = 6


@dataclass(frozen=True)
class SavedAddress:
    """As it stands in `order`, the latest one with it; `key` names it to its customer alone."""

    order: Order

    @property
    def key(self) -> str:
        return str(self.order.pk)

    @property
    def lines(self) -> list[str]:
        return self.order.address_lines


def saved_addresses(customer: Customer) -> list[SavedAddress]:
    """Each once, the latest first; of the latest orders only. One query.

    Whoever places an order writes its address and e-mail as they like. Only what was paid for
    counts, so that nobody plants an address of their own for a customer's next parcel.
    """
    found: dict[tuple[str, ...], SavedAddress] = {}
    for order in orders_of(customer.email).filter(paid_at__isnull=False)[:LOOKED_AT]:
        found.setdefault(tuple(order.address_lines), SavedAddress(order))
    return list(found.values())[:MOST_ADDRESSES]
