"""The cart as its page shows it: each line priced now, and what is wrong with it in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout.cart import Cart, CartLine, seen_price
from checkout.totals import PricedLine
from products.offers import Offer, offers_for_skus
from shopsite.cms.models import ShopImage
from shopsite.lib.money import Money, sum_money


@dataclass(frozen=True)
class CartPageLine:
    """A line that cannot be bought as it is has a `problem`; one whose price moved says from what.

    `offer` is None for a SKU that the shop does not know any more.
    """

    sku: str
    quantity: int
    offer: Offer | None
    problem: str
    price_changed_from: Money | None
    source: CartLine

    @property
    def title(self) -> str:
        return self.offer.title if self.offer else _("No longer in the shop")

    @property
    def options_label(self) -> str:
        if self.offer:
            return self.offer.options_label
        return _("It had the number %(sku)s.") % {"sku": self.sku}

    @property
    def url(self) -> str:
        return self.offer.url if self.offer else ""

    @property
    def image(self) -> ShopImage | None:
        return self.offer.image if self.offer else None

    @property
    def image_alt(self) -> str:
        return self.offer.image_alt if self.offer else ""

    @property
    def max_quantity(self) -> int:
        return self.offer.availability.max_quantity if self.offer else 0

    @property
    def unit_price(self) -> Money | None:
        return self.offer.price if self.offer else None

    @property
    def line_total(self) -> Money | None:
        return self.offer.price * self.quantity if self.offer else None


@dataclass(frozen=True)
class CartPage:
    lines: list[CartPageLine]

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def has_problems(self) -> bool:
        return any(line.problem for line in self.lines)

    @property
    def subtotal(self) -> Money:
        """Of what can be bought; a flagged line costs nothing until it is put right."""
        totals = (line.line_total for line in self.lines if line.line_total and not line.problem)
        return sum_money(totals, settings.SHOP_CURRENCY)

    @property
    def notices(self) -> list[str]:
        return [
            _("The price of %(title)s changed from %(before)s to %(now)s since you added it.")
            % {"title": line.title, "before": line.price_changed_from, "now": line.unit_price}
            for line in self.lines
            if line.price_changed_from is not None
        ]

    def priced_lines(self, rates: Mapping[str, Decimal]) -> list[PricedLine]:
        """What totals are computed from; only meaningful without problems. `rates` are those of the
        tax classes, in percent."""
        return [
            PricedLine(
                variant_id=line.offer.variant_id,
                sku=line.sku,
                title=line.title,
                options_label=line.options_label,
                quantity=line.quantity,
                unit_price=line.offer.price,
                tax_rate=rates[line.offer.tax_class],
            )
            for line in self.lines
            if line.offer is not None
        ]


def cart_page(cart: Cart) -> CartPage:
    """Looks every SKU up, in a constant number of queries; none for an empty cart."""
    offers = offers_for_skus(list(cart.lines), held=cart.held) if cart.lines else {}
    return CartPage([_page_line(line, offers.get(line.sku)) for line in cart.lines.values()])


def _page_line(line: CartLine, offer: Offer | None) -> CartPageLine:
    return CartPageLine(
        sku=line.sku,
        quantity=line.quantity,
        offer=offer,
        problem=_problem(line, offer),
        price_changed_from=_changed_price(seen_price(line), offer),
        source=line,
    )


def _problem(line: CartLine, offer: Offer | None) -> str:
    if offer is None or offer.availability.code == "unavailable":
        return _("This is not for sale any more. Please remove it.")
    if not offer.availability.is_buyable:
        return _("This is sold out. Please remove it.")
    left = offer.availability.max_quantity
    if line.quantity > left:
        return ngettext(
            "There is only %d left. Please change the quantity.",
            "There are only %d left. Please change the quantity.",
            left,
        ) % (left,)
    return ""


def _changed_price(seen: Decimal | None, offer: Offer | None) -> Money | None:
    if seen is None or offer is None or seen == offer.price.amount:
        return None
    return Money(seen, offer.price.currency)
