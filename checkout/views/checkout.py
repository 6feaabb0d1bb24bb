"""The checkout form, and what follows when it is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkout.cart import load_cart, save_cart
from checkout.cart_page import CartPage, cart_page
from checkout.earlier_orders import give_up_earlier, order_of_same_form, paid_since
from checkout.forms import CheckoutForm
from checkout.payments import PaymentUnavailable
from checkout.prefilling import Prefill, prefill_for
from checkout.settling import settle_cart
from checkout.shipping import deliverable_countries, known_country, shipping_choices
from checkout.submission import Submission
from checkout.views.payment import go_to_payment
from orders.models import Order, SellerSettings
from orders.placing import place_order
from products.order_stock import InsufficientStock
from shopsite.lib.money import exponent
from shopsite.lib.tokens import make_token
from shopsite.limits import is_above, too_often

# Stripe charges nothing below about half a dollar; half a unit of two-decimal currencies is close.
# Source: https://docs.stripe.com/currencies, "Minimum and maximum charge amounts".
MINIMUM_MINOR = {0: 50, 2: 50, 3: 500}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    cart = load_cart(request)
    ordered_before = cart.order_token
    open_order = settle_cart(request, cart)
    page = cart_page(cart)
    placed = order_of_same_form(request.POST)
    if placed is not None and (page.is_empty or page.has_problems):
        return redirect(placed)
    if page.is_empty:
        return _leave(request, ordered_before)
    if page.has_problems:
        messages.warning(request, _("Something in your cart changed. Please have a look first."))
        return redirect("cart")
    prefill = prefill_for(request, open_order)
    submission = Submission(cart, page, _form(request, page, prefill))
    is_sent = request.method == "POST" and "update" not in request.POST
    if not is_sent or not _is_acceptable(submission):
        return _render(request, submission, prefill)
    if is_above(request, "checkout"):
        return too_often(request, "checkout")
    return _place_and_pay(request, submission)


def _leave(request: HttpRequest, ordered_before: str) -> HttpResponse:
    """For the empty cart; or for the order that was in it and has been paid since, which an open
    page of the checkout does not know."""
    paid = paid_since(ordered_before)
    if paid is None:
        return redirect("cart")
    return _see_paid(request, paid)


def _see_paid(request: HttpRequest, order: Order) -> HttpResponse:
    messages.info(request, _("This order has just been paid. Nothing else was ordered."))
    return redirect(order)


def _form(request: HttpRequest, page: CartPage, prefill: Prefill) -> CheckoutForm:
    """Bound to what was sent; when only the delivery options are asked for again, unbound but
    filled in."""
    posted = request.POST
    known = {} if posted else prefill.contact
    country = known_country(posted.get("country") or known.get("country"))
    options: dict[str, Any] = {
        "country": country,
        "choices": shipping_choices(country=country, subtotal=page.subtotal),
        "countries": deliverable_countries(),
        "terms_url": _terms_url(),
    }
    if request.method == "POST" and "update" not in posted:
        return CheckoutForm(posted, **options)
    initial = {"checkout_token": make_token(), **known, **posted.dict(), "country": country}
    keys = [str(choice.id) for choice in options["choices"]]
    if initial.get("shipping_method") not in keys:
        initial["shipping_method"] = keys[0] if keys else ""
    return CheckoutForm(initial=initial, **options)


def _terms_url() -> str:
    page = SellerSettings.load().terms_page
    return (page.get_url() or "") if page and page.live else ""


def _is_acceptable(submission: Submission) -> bool:
    """Valid, for the amount the shopper saw, and an amount that can be charged."""
    form = submission.form
    if not form.is_valid():
        return False
    totals = submission.totals
    if form.cleaned_data["quote"] != submission.quote:
        form.add_error(
            None,
            _(
                "Something in your cart or a price changed while you were here. "
                "Please check the amount and go on."
            ),
        )
    minimum = MINIMUM_MINOR[exponent(totals.total.currency)]
    if totals.total.to_minor() < minimum:
        form.add_error(None, _("The total is too small to be paid by card."))
    return form.is_valid()


def _render(request: HttpRequest, submission: Submission, prefill: Prefill) -> HttpResponse:
    """The page, asking to agree to the amount as it is now."""
    totals = submission.totals
    form = submission.form
    form.agree_to(submission.quote)
    context = {
        "form": form,
        "prefill": prefill,
        "totals": totals,
        "cart": submission.page,
        "shipping": submission.shipping,
        "has_plain_cart_link": True,
    }
    return render(request, "checkout/checkout.html", context)


def _place_and_pay(request: HttpRequest, submission: Submission) -> HttpResponse:
    draft = submission.order_draft()
    try:
        paid_meanwhile = give_up_earlier(submission.cart, draft)
    except PaymentUnavailable:
        messages.warning(
            request,
            _(
                "You have an unpaid order, and our payment provider does not answer just now. "
                "Please try again in a minute."
            ),
        )
        return redirect("cart")
    if paid_meanwhile is not None:
        return _see_paid(request, paid_meanwhile)
    try:
        order = place_order(draft)
    except InsufficientStock:
        messages.warning(
            request, _("Somebody was quicker: not everything in your cart is left. Please look.")
        )
        return redirect("cart")
    submission.cart.order_token = order.checkout_token
    save_cart(request, submission.cart)
    # Now and not at the end of the request: Stripe may take seconds, in which a second click must
    # find this order, and Django keeps no session of an answer that is an error.
    request.session.save()
    return go_to_payment(request, order)
