"""The checkout form, and what follows when it is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkout.cart import Cart, load_cart, save_cart
from checkout.cart_page import CartPage, cart_page
from checkout.closing import cancel_order
from checkout.forms import TOKEN, CheckoutForm
from checkout.payments import PaymentUnavailable
from checkout.prefilling import Prefill, prefill_for
from checkout.settling import settle_cart
from checkout.shipping import deliverable_countries, known_country, shipping_choices
from checkout.submission import Submission
from checkout.views.payment import go_to_payment
from orders.models import Order, SellerSettings
from orders.placing import OrderDraft, place_order
from orders.status import ENDED
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
    open_order = settle_cart(request, cart)
    page = cart_page(cart)
    placed = _order_of_same_form(request)
    if placed is not None and (page.is_empty or page.has_problems):
        return redirect(placed)
    if page.is_empty:
        return redirect("cart")
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
            None, _("A price changed while you were here. Please check the amount and go on.")
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
        paid_meanwhile = _give_up_earlier_order(submission.cart, draft)
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
        messages.info(request, _("This order has just been paid. Nothing else was ordered."))
        return redirect(paid_meanwhile)
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


def _give_up_earlier_order(cart: Cart, draft: OrderDraft) -> Order | None:
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


def _order_of_same_form(request: HttpRequest) -> Order | None:
    """The order that this very form has placed already, when it is sent again."""
    token = request.POST.get("checkout_token", "")
    if not TOKEN.fullmatch(token):
        return None
    return Order.objects.filter(checkout_token__startswith=f"{token}-").last()
