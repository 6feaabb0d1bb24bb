"""Puts the things of an order that came to nothing into the cart once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from checkout.cart import Cart
from checkout.cart_adding import WantedLine, add_lines, describe_additions
from checkout.settling import current_cart
from checkout.told import Told
from checkout.views.responses import tell
from orders.models import Order
from shopsite.limits import limited


@never_cache
@require_POST
@limited("add-to-cart")
def order_again(request: HttpRequest, token: str) -> HttpResponse:
    """Adds what of the order is not in the cart: who comes back in the browser of before still has
    it there. At today's prices, which the cart shows, and as sold by what sold it then."""
    order = get_object_or_404(Order, token=token)
    if order.is_payable:
        return redirect(order)
    current = current_cart(request)
    missing = _missing(order, current)
    additions = add_lines(current, missing)
    nothing = Told("info", _("All of it is in your cart already."))
    return tell(request, current, describe_additions(additions) or [nothing])


def _missing(order: Order, cart: Cart) -> list[WantedLine]:
    wanted = []
    for line in order.lines.all():
        in_cart = cart.lines.get(line.sku)
        left = line.quantity - (in_cart.quantity if in_cart else 0)
        if left > 0:
            wanted.append(WantedLine(line.sku, left, line.source))
    return wanted
