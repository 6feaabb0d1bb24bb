"""Links to products in running text, with the price of the moment after them."""

import re

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from products.cards import ProductCard
from products.shelf import Shelf, ShelfProduct
from shopsite.cms.text_links import LINK, linked_pages, page_id_of


def with_live_prices(html: str, shelf: Shelf) -> str:
    """Stored rich text in which links to products are links for shoppers, each with its price, or
    the word for why it cannot be bought. All other links stay as they are stored."""
    shelf.add(set(linked_pages(html)))

    def priced(match: re.Match[str]) -> str:
        product = shelf.find(page_id_of(match[1]))
        return _link(product, match[2]) if product else match[0]

    return LINK.sub(priced, html)


def _link(product: ShelfProduct, words: str) -> str:
    return f'<a href="{escape(product.card.url)}">{words}</a>{_price(product.card)}'


def _price(card: ProductCard) -> str:
    """In brackets; it stands in a sentence, so no space of a template may stand in it."""
    if card.price_from is None:
        return ""
    context = {"price": card.price_from, "varies": card.price_varies, "former": card.former_price}
    price = mark_safe(render_to_string("components/price.html", context).strip())  # noqa: S308  # nosec
    state = "" if card.availability.is_buyable else f", {card.availability.label}"
    return format_html(' <span class="live-price">({}{})</span>', price, state)
