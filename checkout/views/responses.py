from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from checkout.cart import Cart, save_cart, set_badge


class HttpResponseSeeOther(HttpResponseRedirect):
    """303: the answer to a post is at another address, to be fetched with GET."""

    status_code = 303


def back_to_cart(request: HttpRequest, current: Cart) -> HttpResponseRedirect:
    """Keeps the cart and shows its page."""
    save_cart(request, current)
    response = redirect("cart")
    set_badge(request, response, current)
    return response
