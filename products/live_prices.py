"""Links to products in running text, with the price of the moment after them."""

import re

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text.rewriters import extract_attrs

from products.cards import ProductCard
from products.shelf import Shelf, ShelfProduct

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)


def page_ids_linked(html: str) -> set[int]:
    """Of the links in stored rich text, those to pages."""
    found = (_page_id(match[1]) for match in LINK.finditer(html))
    return {page_id for page_id in found if page_id is not None}


def with_live_prices(html: str, shelf: Shelf) -> str:
    """Stored rich text in which links to products are links for shoppers, each with its price, or
    the word for why it cannot be bought. All other links stay as they are stored."""
    shelf.add(page_ids_linked(html))

    def priced(match: re.Match[str]) -> str:
        product = shelf.find(_page_id(match[1]))
        return _link(product, match[2]) if product else match[0]

    return LINK.sub(priced, html)


def _link(product: ShelfProduct, words: str) -> str:
    return f'<a href="{escape(product.card.url)}">{words}</a>{_price(product.card)}'


def _price(card: ProductCard) -> str:
    """In brackets; it stands in a sentence, so no space of a template may stand in it."""
    if card.price_from is None:
        return ""
    context = {"price": card.price_from, "varies": card.price_varies, "former": card.former_price}
    price = mark_safe(render_to_string("components/price.html", context).strip())  # noqa: S308
    state = "" if card.availability.is_buyable else f", {card.availability.label}"
    return format_html(' <span class="live-price">({}{})</span>', price, state)


def _page_id(attributes: str) -> int | None:
    found = extract_attrs(attributes)
    page_id = found.get("id", "")
    return int(page_id) if found.get("linktype") == "page" and page_id.isdecimal() else None
