"""The cart and its three forms: plain posts that answer with a redirect to the cart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from checkout.cart import CartLine, load_cart, set_badge
from checkout.cart_page import cart_page
from checkout.quantity import InvalidQuantity, parse_quantity
from checkout.settling import current_cart, settle_cart
from checkout.source import read_source
from checkout.views.responses import back_to_cart
from orders.recommendations import bought_together
from products.offers import offers_for_skus
from shopsite.origin import same_origin_required


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    """The cart with live prices; what was paid meanwhile has left it."""
    current = load_cart(request)
    open_order = settle_cart(request, current)
    page = cart_page(current)
    product_ids = [line.offer.product_id for line in page.lines if line.offer]
    context = {
        "cart": page,
        "open_order": open_order,
        "related": bought_together(product_ids),
    }
    response = render(request, "cart/cart.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    set_badge(request, response, current)
    return response


@same_origin_required
@require_POST
def cart_add(request: HttpRequest) -> HttpResponse:
    current = current_cart(request)
    sku = request.POST.get("sku", "")[:60]
    offer = (
        offers_for_skus([sku], held=current.held).get(sku) if sku and "\x00" not in sku else None
    )
    try:
        quantity = parse_quantity(request.POST.getlist("quantity") or ["1"])
    except InvalidQuantity as error:
        messages.error(request, str(error))
        return back_to_cart(request, current)
    if offer is None or not offer.availability.is_buyable:
        messages.error(request, _("This cannot be bought at the moment. It was not added."))
        return back_to_cart(request, current)
    if current.is_full and sku not in current.lines:
        messages.error(request, _("Your cart is full. Please check out or remove something first."))
        return back_to_cart(request, current)
    source = read_source(request.POST)
    line = CartLine(
        sku=sku,
        quantity=quantity,
        seen_price=str(offer.price.amount),
        source_page_id=source.page_id,
        source_block_id=source.block_id,
    )
    before = current.lines[sku].quantity if sku in current.lines else 0
    now = current.add(line, at_most=offer.availability.max_quantity)
    _tell_added(request, title=offer.title, wanted=before + quantity, now=now)
    return back_to_cart(request, current)


@same_origin_required
@require_POST
def cart_update(request: HttpRequest) -> HttpResponse:
    """Sets the quantity of a line; 0 removes it. The page then shows what is wrong, if anything."""
    current = current_cart(request)
    sku = request.POST.get("sku", "")
    if sku not in current.lines:
        messages.error(request, _("This is not in your cart any more."))
        return back_to_cart(request, current)
    try:
        quantity = parse_quantity(request.POST.getlist("quantity"), at_least=0)
    except InvalidQuantity as error:
        messages.error(request, str(error))
        return back_to_cart(request, current)
    current.set_quantity(sku, quantity)
    return back_to_cart(request, current)


@same_origin_required
@require_POST
def cart_remove(request: HttpRequest) -> HttpResponse:
    current = current_cart(request)
    sku = request.POST.get("sku", "")
    if sku in current.lines:
        current.set_quantity(sku, 0)
        messages.success(request, _("Removed from your cart."))
    return back_to_cart(request, current)


def _tell_added(request: HttpRequest, *, title: str, wanted: int, now: int) -> None:
    if now < wanted:
        text = ngettext(
            "There is only %(now)d of %(title)s, and it is in your cart.",
            "There are only %(now)d of %(title)s, and they are in your cart.",
            now,
        )
        messages.warning(request, text % {"now": now, "title": title})
    else:
        messages.success(request, _("%(title)s is in your cart.") % {"title": title})
