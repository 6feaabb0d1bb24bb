"""Takes out of a cart what was paid. The webhook has no session, so it happens at the next look."""

from django.http import HttpRequest

from checkout.cart import Cart, load_cart, save_cart
from orders.models import Order
from orders.status import SOLD, OrderStatus

SETTLED = SOLD | {OrderStatus.PROCESSING, OrderStatus.REVIEW}


def current_cart(request: HttpRequest) -> Cart:
    """The shopper's cart without what was paid already; every view starts with it."""
    cart = load_cart(request)
    settle_cart(request, cart)
    return cart


def settle_cart(request: HttpRequest, cart: Cart) -> Order | None:
    """Empties the cart of its order if that was paid; returns the order if it still can be.

    Only what was ordered leaves the cart. Saves the session when something changed. What an order
    that can still be paid holds is noted in the cart: the shopper may order it again instead.
    """
    if not cart.order_token:
        return None
    order = Order.objects.filter(checkout_token=cart.order_token).first()
    if order is not None and order.is_payable:
        cart.held = dict(order.lines.values_list("sku", "allocated"))
        return order
    if order is not None and order.status in SETTLED:
        cart.take_out(dict(order.lines.values_list("sku", "quantity")))
    cart.order_token = ""
    save_cart(request, cart)
    return None
