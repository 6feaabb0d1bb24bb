"""On the way to Stripe and back. None of these pages believes its address: the state of an order
comes from the database, which learns it from Stripe."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkout import gateway
from checkout.cart import load_cart, set_badge
from checkout.payments import NotPayable, PaymentUnavailable, start_payment
from checkout.sessions import apply_checkout_session
from checkout.settling import current_cart
from checkout.views.responses import HttpResponseSeeOther
from orders.models import Order, PaymentAttempt
from orders.status import OrderStatus
from shopsite.limits import limited

UNDECIDED = (OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING)
SESSION_ID = re.compile(r"cs_(test|live)_[A-Za-z0-9]{1,60}", re.ASCII)


@never_cache
@require_POST
@limited("pay")
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Pay now, again, from the order's page."""
    return go_to_payment(request, get_object_or_404(Order, token=token))


def go_to_payment(request: HttpRequest, order: Order) -> HttpResponse:
    """303 to Stripe's page; a page that keeps the order and offers to try again when it is not to
    be had; the order's own page when there is nothing to pay."""
    try:
        return HttpResponseSeeOther(start_payment(order))
    except NotPayable:
        return HttpResponseSeeOther(order.get_absolute_url())
    except PaymentUnavailable:
        context = {"order": order, "pay_url": reverse("order-pay", args=[order.token])}
        return render(request, "checkout/payment_unavailable.html", context, status=503)


@never_cache
@require_safe
def payment_return(request: HttpRequest, token: str) -> HttpResponse:
    """Where Stripe sends the shopper after paying. Asks Stripe how it stands, as the webhook may
    be late, and shows the order. A session id that is not this order's is not looked up."""
    order = get_object_or_404(Order, token=token)
    session_id = request.GET.get("session_id", "")
    if order.status in UNDECIDED and SESSION_ID.fullmatch(session_id):
        attempt = order.attempts.filter(session_id=session_id).first()
        if attempt is not None:
            _look_at(attempt)
    response = redirect(order)
    if load_cart(request).order_token:
        set_badge(request, response, current_cart(request))
    return response


@never_cache
@require_safe
def payment_canceled(request: HttpRequest, token: str) -> HttpResponse:
    """Where Stripe's "back" leads: the cart, still full. The order stays payable for its time."""
    order = get_object_or_404(Order, token=token)
    if not order.is_payable:
        return redirect(order)
    messages.info(request, _("You have not paid. Everything is still in your cart."))
    return redirect("cart")


def _look_at(attempt: PaymentAttempt) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk).update(returned_at=timezone.now())
    try:
        session = gateway.retrieve_session(attempt.session_id or "")
    except (gateway.GatewayUnavailable, gateway.GatewayRejected):
        return  # The webhook or the reconciler will tell.
    apply_checkout_session(session, source="return page")
