"""Whether a variant can be bought, how many, and the words for it. Pure."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LOW_STOCK = 5  # From here on the page says how many are left.
MAX_QUANTITY = 99  # Of one variant in one order.

Code = Literal["in_stock", "low_stock", "sold_out", "unavailable"]


@dataclass(frozen=True)
class Availability:
    """`max_quantity` is what one order may take now; 0 unless `is_buyable`."""

    code: Code
    label: str
    max_quantity: int = 0

    @property
    def is_buyable(self) -> bool:
        return self.max_quantity > 0


def availability_of(*, available: int, is_active: bool) -> Availability:
    """`available` is on hand minus allocated; `is_active` says that the shop sells it at all."""
    if not is_active:
        return Availability("unavailable", _("Not for sale"))
    if available <= 0:
        return Availability("sold_out", _("Sold out"))
    quantity = min(available, MAX_QUANTITY)
    if available <= LOW_STOCK:
        label = ngettext("Only %d left", "Only %d left", available) % available
        return Availability("low_stock", label, quantity)
    return Availability("in_stock", _("In stock"), quantity)


def best_of(availabilities: list[Availability]) -> Availability:
    """What a card says of a product with several variants: the most buyable of them."""
    if not availabilities:
        return availability_of(available=0, is_active=False)
    order: list[Code] = ["in_stock", "low_stock", "sold_out", "unavailable"]
    return min(availabilities, key=lambda one: order.index(one.code))
