"""What was ordered from a cart or by a form before: the same goods must not be paid twice."""

from collections.abc import Mapping

from checkout.cart import Cart
from checkout.closing import cancel_order
from checkout.forms import TOKEN
from checkout.settling import SETTLED
from orders.models import Order
from orders.placing import OrderDraft
from orders.status import ENDED


def order_of_same_form(sent: Mapping[str, str]) -> Order | None:
    """The order that this very form has placed already, when it is sent again."""
    token = sent.get("checkout_token", "")
    if not TOKEN.fullmatch(token):
        return None
    return Order.objects.filter(checkout_token__startswith=f"{token}-").last()


def paid_since(order_token: str) -> Order | None:
    """The order that a cart had been made into, if its money has come or is on its way."""
    if not order_token:
        return None
    return Order.objects.filter(checkout_token=order_token, status__in=SETTLED).first()


def give_up_earlier(cart: Cart, draft: OrderDraft) -> Order | None:
    """An order placed from this cart before, and not paid, must not be paid beside the new one.

    Returns it if it turns out to be paid. Raises PaymentUnavailable when Stripe cannot be asked to
    close it; then no second order may be placed.
    """
    if not cart.order_token:
        return None
    earlier = Order.objects.filter(checkout_token=cart.order_token).first()
    if earlier is None or earlier.checkout_token == draft.checkout_token or not earlier.is_payable:
        return None
    cancel_order(earlier, source="checkout")
    earlier.refresh_from_db()
    return None if earlier.status in ENDED else earlier
