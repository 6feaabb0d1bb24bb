"""The cart beside the page: a part of a page for static/js/cart-drawer.js, and nobody else."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from checkout.cart import Cart, save_cart, set_badge
from checkout.cart_page import CartPage, cart_page
from checkout.free_delivery import free_delivery
from checkout.models import ShippingMethod
from checkout.settling import current_cart
from checkout.shipping import known_country
from checkout.totals import compute_totals
from checkout.views.responses import back_to_cart
from products.taxes import tax_rates
from shopsite.lib.tax import TaxShare

PART_HEADER = "X-Requested-With"
PART = "cart-drawer"


@require_safe
def cart_drawer(request: HttpRequest) -> HttpResponse:
    """The drawer's content; who opens the address itself gets the cart's page."""
    if not _wants_drawer(request):
        return redirect("cart")
    return _drawer(request, current_cart(request))


def answer_change(request: HttpRequest, current: Cart) -> HttpResponse:
    """Keeps the cart and shows it as it is now: in the drawer if that asked, else on its page."""
    if not _wants_drawer(request):
        return back_to_cart(request, current)
    save_cart(request, current)
    return _drawer(request, current)


def cart_context(page: CartPage) -> dict[str, Any]:
    """What page and drawer both show; 3 queries, and none for an empty cart.

    Where the shopper lives is not known yet: the tax is that of the country we deliver to most.
    """
    methods = [] if page.is_empty else list(ShippingMethod.objects.filter(is_active=True))
    return {
        "cart": page,
        "free_delivery": free_delivery(page.subtotal, methods),
        "tax_shares": [] if page.is_empty or page.has_problems else _tax_shares(page),
    }


def _tax_shares(page: CartPage) -> Sequence[TaxShare]:
    rates = tax_rates(country=known_country(None), on=timezone.localdate())
    lines = page.priced_lines(rates)
    return compute_totals(lines, shipping=None, currency=settings.SHOP_CURRENCY).tax_shares


def _wants_drawer(request: HttpRequest) -> bool:
    return request.headers.get(PART_HEADER) == PART


def _drawer(request: HttpRequest, current: Cart) -> HttpResponse:
    context = {**cart_context(cart_page(current)), "count": current.count}
    response = render(request, "cart/drawer.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, [PART_HEADER])
    set_badge(request, response, current)
    return response
