"""Puts products into a cart, as many as there are, and says in words what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkout.cart import Cart, CartLine
from checkout.told import Level, Told
from orders.sources import LineSource
from products.models import ProductPage
from products.offers import Offer, offers_for_skus


@dataclass(frozen=True)
class WantedLine:
    sku: str
    quantity: int
    source: LineSource | None


@dataclass(frozen=True)
class Addition:
    """Quantities of one SKU in the cart: what there should have been and what there is now.

    `refusal` says why nothing was added; then the cart holds what it held before.
    """

    title: str
    wanted: int
    now: int
    refusal: str = ""

    @property
    def is_reduced(self) -> bool:
        return not self.refusal and self.now < self.wanted


def add_lines(cart: Cart, wanted: Iterable[WantedLine]) -> list[Addition]:
    """Adds what is possible and leaves the rest out; the same queries for any number of lines. What
    was never published is not named: somebody may be guessing numbers."""
    wanted = list(wanted)
    offers = offers_for_skus({line.sku for line in wanted}, held=cart.held) if wanted else {}
    secret = _never_published(offers.values())
    offers = {sku: one for sku, one in offers.items() if one.product_id not in secret}
    return [
        _add(
            cart,
            CartLine(
                sku=line.sku,
                quantity=line.quantity,
                seen_price=str(offer.price.amount) if offer else "",
                source=line.source,
            ),
            offer,
        )
        for line in wanted
        for offer in [offers.get(line.sku)]
    ]


def _never_published(offers: Iterable[Offer]) -> set[int]:
    """Products among these that no shopper can know; no query if all have a live page."""
    hidden = {offer.product_id for offer in offers if offer.page is None}
    if not hidden:
        return hidden
    known = ProductPage.objects.filter(product_id__in=hidden, first_published_at__isnull=False)
    return hidden - set(known.values_list("product_id", flat=True))


def _add(cart: Cart, line: CartLine, offer: Offer | None) -> Addition:
    before = cart.lines[line.sku].quantity if line.sku in cart.lines else 0
    refusal = _refusal(cart, line, offer)
    if offer is None or refusal:
        title = offer.title if offer else _("One of the products")
        return Addition(title, wanted=before + line.quantity, now=before, refusal=refusal)
    now = cart.add(line, at_most=offer.availability.max_quantity)
    return Addition(offer.title, wanted=before + line.quantity, now=now)


def _refusal(cart: Cart, line: CartLine, offer: Offer | None) -> str:
    if offer is None or offer.availability.code == "unavailable":
        return _("not for sale")
    if not offer.availability.is_buyable:
        return _("sold out")
    if cart.is_full and line.sku not in cart.lines:
        return _("your cart is full")
    return ""


def add_offer(cart: Cart, offer: Offer | None, quantity: int, source: LineSource | None) -> Told:
    """Adds one variant, as many of it as there are. None for what is not for sale."""
    if offer is None or not offer.is_buyable:
        return Told("error", _("This cannot be bought at the moment. It was not added."))
    if cart.is_full and offer.sku not in cart.lines:
        text = _("Your cart is full. Please check out or remove something first.")
        return Told("error", text)
    before = cart.lines[offer.sku].quantity if offer.sku in cart.lines else 0
    line = CartLine(
        sku=offer.sku,
        quantity=quantity,
        seen_price=str(offer.price.amount),
        source=source,
    )
    now = cart.add(line, at_most=offer.availability.max_quantity)
    return _describe_addition(offer, quantity=quantity, missing=before + quantity - now, now=now)


def _describe_addition(offer: Offer, *, quantity: int, missing: int, now: int) -> Told:
    if missing > 0:
        text = ngettext(
            "There is only %(now)d of %(title)s, and it is in your cart.",
            "There are only %(now)d of %(title)s, and they are in your cart.",
            now,
        )
        return Told("warning", text % {"now": now, "title": offer.title})
    title = f"{offer.title} ({offer.options_label})" if offer.options_label else offer.title
    added = _("Added: %(title)s × %(quantity)d")
    return Told("success", added % {"title": title, "quantity": quantity})


def describe_additions(additions: Iterable[Addition]) -> list[Told]:
    """What to tell of several, the good news first: three at most."""
    additions = list(additions)
    complete = [one.title for one in additions if not one.refusal and not one.is_reduced]
    reduced = [
        ngettext("%(now)d of %(title)s", "%(now)d of %(title)s", one.now)
        % {"now": one.now, "title": one.title}
        for one in additions
        if one.is_reduced
    ]
    refused = [f"{one.title} ({one.refusal})" for one in additions if one.refusal]
    texts: list[tuple[Level, str, list[str]]] = [
        ("success", _("Added to your cart: %s."), complete),
        ("warning", _("There is no more than this, and it is in your cart: %s."), reduced),
        ("error", _("Not added: %s."), refused),
    ]
    return [Told(level, text % ", ".join(names)) for level, text, names in texts if names]
