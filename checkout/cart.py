"""The cart: SKUs and quantities in the shopper's session. Prices are read live, never from here.

Beside each quantity stands the price the shopper saw when adding, only to tell them when it has
changed since. A visitor without a cart has no session.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from checkout.source import restore_source, store_source
from orders.sources import LineSource
from products.availability import MAX_QUANTITY
from shopsite.public_pages import CART_COUNT_COOKIE

SESSION_KEY = "cart"
MAX_LINES = 50


@dataclass(frozen=True)
class CartLine:
    """`seen_price` is a decimal as text; `source` the last known place that added to the line."""

    sku: str
    quantity: int
    seen_price: str = ""
    source: LineSource | None = None


@dataclass
class Cart:
    """`order_token` names the order that was last placed from this cart, if it was not settled, by
    its `checkout_token`, which stays when the order is given another link;
    `held` is the stock that this order, still unpaid, keeps for this very shopper, by SKU."""

    lines: dict[str, CartLine] = field(default_factory=dict)
    order_token: str = ""
    held: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines.values())

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= MAX_LINES

    def add(self, line: CartLine, *, at_most: int) -> int:
        """Puts a line in, on top of what is there; returns the quantity it has now. A place that is
        not known, or added no piece, is not its source."""
        present = self.lines.get(line.sku)
        before = present.quantity if present else 0
        quantity = min(before + line.quantity, at_most, MAX_QUANTITY)
        known = present.source if present else None
        source = (line.source or known) if quantity > before else known
        self.lines[line.sku] = replace(line, quantity=quantity, source=source)
        return quantity

    def set_quantity(self, sku: str, quantity: int) -> None:
        """Changes a line that is there; 0 takes it out."""
        if quantity <= 0:
            self.lines.pop(sku, None)
        elif sku in self.lines:
            self.lines[sku] = replace(self.lines[sku], quantity=quantity)

    def take_out(self, quantities: dict[str, int]) -> None:
        """Removes what was bought; what was added meanwhile stays."""
        for sku, bought in quantities.items():
            if sku in self.lines:
                self.set_quantity(sku, self.lines[sku].quantity - bought)


def load_cart(request: HttpRequest) -> Cart:
    """The shopper's cart; an empty one, without touching the session, for who has no session.

    What stands in the session is read with care: it may be weeks old and of another version.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Cart()
    stored = request.session.get(SESSION_KEY)
    if not isinstance(stored, dict):
        return Cart()
    found = stored.get("lines")
    lines = (
        [_read_line(sku, data) for sku, data in found.items()] if isinstance(found, dict) else []
    )
    return Cart(
        lines={line.sku: line for line in lines if line},
        order_token=str(stored.get("order", "")),
    )


def save_cart(request: HttpRequest, cart: Cart) -> None:
    """Writes the cart into the session; an empty one leaves nothing behind."""
    if not cart.lines and not cart.order_token:
        request.session.pop(SESSION_KEY, None)
        return
    request.session[SESSION_KEY] = {
        "lines": {sku: _line_data(line) for sku, line in cart.lines.items()},
        "order": cart.order_token,
    }


def set_badge(request: HttpRequest, response: HttpResponse, cart: Cart) -> None:
    """Tells the badge of every page how many there are; scripts may read it, it holds no secret.
    A visitor who has no such cookie and no cart is not given one to take away again."""
    if cart.count:
        response.set_cookie(
            CART_COUNT_COOKIE,
            str(cart.count),
            max_age=settings.SESSION_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    elif CART_COUNT_COOKIE in request.COOKIES:
        response.delete_cookie(CART_COUNT_COOKIE, samesite="Lax")


def seen_price(line: CartLine) -> Decimal | None:
    return Decimal(line.seen_price) if line.seen_price else None


def _read_price(text: Any) -> str:
    try:
        return str(text) if Decimal(str(text)).is_finite() else ""
    except InvalidOperation:
        return ""


def _line_data(line: CartLine) -> dict[str, Any]:
    return {
        "quantity": line.quantity,
        "price": line.seen_price,
        "source": store_source(line.source),
    }


def _read_line(sku: str, data: Any) -> CartLine | None:
    quantity = data.get("quantity") if isinstance(data, dict) else None
    if not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
        return None
    return CartLine(
        sku=sku,
        quantity=quantity,
        seen_price=_read_price(data.get("price")),
        source=restore_source(data.get("source")),
    )
