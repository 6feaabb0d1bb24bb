"""The checkout form, and what follows when it is sent."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkout.cart import Cart, save_cart
from checkout.cart_page import CartPage, cart_page
from checkout.forms import CheckoutForm, known_country
from checkout.payments import PaymentUnavailable, cancel_order
from checkout.settling import current_cart
from checkout.shipping import shipping_choices
from checkout.submission import Submission
from checkout.views.payment import go_to_payment
from orders.models import Order, SellerSettings
from orders.placing import OrderDraft, place_order
from orders.status import OrderStatus
from products.stock import InsufficientStock
from shopsite.lib.money import exponent
from shopsite.lib.tokens import TOKEN_LENGTH, make_token

# Stripe charges nothing below about half a dollar; half a unit of two-decimal currencies is close.
# Source: https://docs.stripe.com/currencies, "Minimum and maximum charge amounts".
MINIMUM_MINOR = {0: 50, 2: 50, 3: 500}

ENDED = frozenset({OrderStatus.EXPIRED, OrderStatus.CANCELED})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    cart = current_cart(request)
    page = cart_page(cart)
    if page.is_empty:
        return _nothing_to_buy(request)
    if page.has_problems:
        messages.warning(request, _("Something in your cart changed. Please have a look first."))
        return redirect("cart")
    submission = Submission(cart, page, _form(request, page))
    is_sent = request.method == "POST" and "update" not in request.POST
    if not is_sent or not _is_acceptable(submission):
        return _render(request, submission)
    return _place_and_pay(request, submission)


def _form(request: HttpRequest, page: CartPage) -> CheckoutForm:
    """Bound to what was sent; to nothing, but filled in, when only the delivery options are asked
    for again."""
    posted = request.POST
    country = known_country(posted.get("country")) or settings.COUNTRIES_FIRST[0]
    choices = shipping_choices(country=country, subtotal=page.subtotal)
    terms = _terms_url()
    if request.method == "POST" and "update" not in posted:
        return CheckoutForm(posted, country=country, choices=choices, terms_url=terms)
    initial = {"checkout_token": make_token(), **posted.dict(), "country": country}
    if len(choices) == 1 or initial.get("shipping_method") not in {str(c.id) for c in choices}:
        initial["shipping_method"] = str(choices[0].id) if choices else ""
    return CheckoutForm(initial=initial, country=country, choices=choices, terms_url=terms)


def _terms_url() -> str:
    page = SellerSettings.load().terms_page
    return (page.get_url() or "") if page and page.live else ""


def _is_acceptable(submission: Submission) -> bool:
    """Valid, for the amount the shopper saw, and an amount that can be charged."""
    form = submission.form
    if not form.is_valid():
        return False
    totals = submission.totals
    if form.cleaned_data["quote"] != totals.quote:
        form.add_error(
            None, _("The amount changed while you were here. Please check it and go on.")
        )
    minimum = MINIMUM_MINOR[exponent(totals.total.currency)]
    if totals.total.to_minor() < minimum:
        form.add_error(None, _("The total is too small to be paid by card."))
    return form.is_valid()


def _render(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The page, asking to agree to the amount as it is now."""
    totals = submission.totals
    form = submission.form
    form.agree_to(totals.quote)
    context = {"form": form, "totals": totals, "cart": submission.page}
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
    submission.cart.order_token = order.token
    save_cart(request, submission.cart)
    return go_to_payment(request, order)


def _give_up_earlier_order(cart: Cart, draft: OrderDraft) -> Order | None:
    """An order placed from this cart before, and not paid, must not be paid beside the new one.

    Returns it if it turns out to be paid. Raises PaymentUnavailable when Stripe cannot be asked to
    close it; then no second order may be placed.
    """
    earlier = Order.objects.filter(token=cart.order_token).first() if cart.order_token else None
    if earlier is None or earlier.checkout_token == draft.checkout_token or not earlier.is_payable:
        return None
    cancel_order(earlier, source="checkout")
    earlier.refresh_from_db()
    return None if earlier.status in ENDED else earlier


def _nothing_to_buy(request: HttpRequest) -> HttpResponse:
    """An empty cart; for a form sent again after its order was paid, that order."""
    token = request.POST.get("checkout_token", "")
    placed = None
    if len(token) == TOKEN_LENGTH and "\x00" not in token:
        placed = Order.objects.filter(checkout_token__startswith=f"{token}-").first()
    if placed is not None:
        return redirect(placed)
    messages.info(request, _("There is nothing in your cart yet."))
    return redirect("cart")
