"""How a page would look if its products were sold out, on sale and so on: for previews only.

A scenario holds for what is rendered inside `imagining`, in this thread or task and nowhere else.
It changes what products/offers.py answers, so that every price and every label of the page agrees,
and neither the database nor a cart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from products.availability import Availability, availability_of
from shopsite.lib.money import Money

SALE_FACTOR = Decimal("0.8")  # A fifth off: enough to see how a reduced price is shown.
LAST_FEW = 3


class Scenario(StrEnum):
    LAST_THREE = "last_three"
    SOLD_OUT = "sold_out"
    ON_SALE = "on_sale"
    COMING_SOON = "coming_soon"


_imagined: ContextVar[Scenario | None] = ContextVar("imagined_scenario", default=None)


@contextmanager
def imagining(scenario: Scenario | None) -> Iterator[None]:
    """Until the block ends, offers read here are those of the scenario; None is the truth."""
    token = _imagined.set(scenario)
    try:
        yield
    finally:
        _imagined.reset(token)


def imagined_availability(availability: Availability) -> Availability:
    match _imagined.get():
        case Scenario.LAST_THREE:
            return availability_of(available=LAST_FEW, is_active=True)
        case Scenario.SOLD_OUT:
            return availability_of(available=0, is_active=True)
        case Scenario.ON_SALE:
            return availability_of(available=50, is_active=True)
        case Scenario.COMING_SOON:
            return Availability("unavailable", _("Coming soon"))
    return availability


def imagined_price(price: Money, former: Money | None) -> tuple[Money, Money | None]:
    """The price to show, and the higher one it is reduced from, if it is."""
    if _imagined.get() is not Scenario.ON_SALE:
        return price, former
    reduced = Money(price.amount * SALE_FACTOR, price.currency).quantize()
    if Money.zero(price.currency) < reduced < price:
        return reduced, former or price
    return price, former
