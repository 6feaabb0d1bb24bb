"""The cart and its three forms: plain posts that answer with a redirect to the cart. A page whose
script adds something without leaving it gets the words alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checkout.cart import load_cart, set_badge
from checkout.cart_adding import add_offer
from checkout.cart_page import cart_page
from checkout.quantity import InvalidQuantity, parse_quantity, read_step
from checkout.settling import current_cart, settle_cart
from checkout.source import read_source
from checkout.told import Told
from checkout.views.cart_drawer import answer_change, cart_context
from checkout.views.responses import tell, wants_part
from checkout.wanted import ChosenOptions, offer_of_sku, read_options, read_sku
from orders.recommendations import bought_together
from orders.sources import LineSource
from products.availability import MAX_QUANTITY
from products.listing import listing_for
from products.option_choice import WrongCombination
from shopsite.limits import limited
from shopsite.origin import same_origin_required


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    """The cart with live prices; what was paid meanwhile has left it."""
    current = load_cart(request)
    open_order = settle_cart(request, current)
    page = cart_page(current)
    product_ids = [line.offer.product_id for line in page.lines if line.offer]
    context = {
        **cart_context(page),
        "open_order": open_order,
        "related": bought_together(product_ids),
        "has_plain_cart_link": True,
    }
    response = render(request, "cart/cart.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    set_badge(request, response, current)
    return response


@same_origin_required
@require_POST
@limited("add-to-cart")
def cart_add(request: HttpRequest) -> HttpResponse:
    """Adds a variant: a `sku`, or a `product` with `option1` and so on. A combination that there is
    none of is chosen again, on a page that keeps the rest of the choice."""
    current = current_cart(request)
    sku = read_sku(request.POST)
    try:
        quantity = parse_quantity(request.POST.getlist("quantity") or ["1"])
    except InvalidQuantity as error:
        return tell(request, current, [Told("error", str(error))])
    options = None if sku else read_options(request.POST, held=current.held)
    try:
        offer = options.find_offer() if options else offer_of_sku(sku, held=current.held)
    except WrongCombination as error:
        told = Told("error", str(error))
        if options is None or wants_part(request):
            return tell(request, current, [told])
        return _choose_again(request, options, told, quantity=quantity)
    source = read_source(request.POST)
    return tell(request, current, [add_offer(current, offer, quantity, source)])


def _choose_again(
    request: HttpRequest, options: ChosenOptions, told: Told, *, quantity: int
) -> HttpResponse:
    source = read_source(request.POST) or LineSource(options.page.pk, options.page.title)
    context = {
        "told": told,
        "product_page": options.page,
        "listing": listing_for(options.page, options.offers, chosen=options.values),
        "quantity": quantity,
        "source": {"pk": source.page_id, "live_revision_id": source.revision_id},
        "block_id": source.block_id,
    }
    response = render(request, "cart/choose_again.html", context, status=422)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@same_origin_required
@require_POST
def cart_update(request: HttpRequest) -> HttpResponse:
    """Sets the quantity of a line; 0 removes it, but no step does. The page then shows what is
    wrong, if anything."""
    current = current_cart(request)
    sku = request.POST.get("sku", "")
    if sku not in current.lines:
        messages.error(request, _("This is not in your cart any more."))
        return answer_change(request, current)
    try:
        quantity = parse_quantity(request.POST.getlist("quantity"), at_least=0)
    except InvalidQuantity as error:
        messages.error(request, str(error))
        return answer_change(request, current)
    step = read_step(request.POST.get("step", ""))
    current.set_quantity(sku, min(max(quantity + step, 1), MAX_QUANTITY) if step else quantity)
    return answer_change(request, current)


@same_origin_required
@require_POST
def cart_remove(request: HttpRequest) -> HttpResponse:
    current = current_cart(request)
    sku = request.POST.get("sku", "")
    if sku in current.lines:
        current.set_quantity(sku, 0)
        messages.success(request, _("Removed from your cart."))
    return answer_change(request, current)
