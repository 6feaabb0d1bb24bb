"""How the cart answers to a form: with its page, or with the words alone."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from checkout.cart import Cart, save_cart, set_badge
from checkout.told import Level, Told

PART_HEADER = "X-Requested-With"
PART = "add-to-cart"  # What static/js/add-to-cart.js says in it.
LEVELS: dict[Level, int] = {
    "success": messages.SUCCESS,
    "info": messages.INFO,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}


class HttpResponseSeeOther(HttpResponseRedirect):
    """303: the answer to a post is at another address, to be fetched with GET."""

    status_code = 303


def back_to_cart(request: HttpRequest, current: Cart) -> HttpResponse:
    """Keeps the cart and shows its page."""
    save_cart(request, current)
    response = redirect("cart")
    set_badge(request, response, current)
    return response


def wants_part(request: HttpRequest) -> bool:
    """Whether a script asks, which shows the words beside the button."""
    return request.headers.get(PART_HEADER) == PART


def tell(request: HttpRequest, current: Cart, told: Iterable[Told]) -> HttpResponse:
    """Keeps the cart and says what became of the form, beside its button or on the cart's page."""
    told = list(told)
    if not wants_part(request):
        for one in told:
            messages.add_message(request, LEVELS[one.level], one.text)
        return back_to_cart(request, current)
    save_cart(request, current)
    is_added = any(one.level in ("success", "warning") for one in told)
    response = render(request, "cart/told.html", {"told": told, "is_added": is_added})
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, [PART_HEADER])
    set_badge(request, response, current)
    return response
