"""The feed of all products for Google Merchant Center: RSS 2.0 with its `g:` vocabulary.

Written product by product, so that ten thousand of them need no more memory than one page of them.
"""

import hashlib
from collections.abc import Callable, Iterator

from products.availability import Code
from products.models import ProductPage
from products.offer_facts import OfferFacts, ProductFacts, facts_of, images_of
from products.offers import offers_for_pages
from shopsite.cms.machine_pictures import addresses_of
from shopsite.lib.text import shorten
from shopsite.lib.xml import element

CHUNK = 500  # Product pages that are read at once.
ID_LENGTH = 50
TITLE_LENGTH = 150

AVAILABILITY: dict[Code, str] = {
    "in_stock": "in_stock",
    "low_stock": "in_stock",
    "sold_out": "out_of_stock",
    "unavailable": "out_of_stock",
}

START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
)
END = "</channel>\n</rss>\n"


def product_feed(
    *, brand: str, site_url: str, url_of: Callable[[ProductPage], str]
) -> Iterator[str]:
    """The document in parts. `url_of` gives the absolute address of a page."""
    yield START + element("title", brand) + element("link", site_url)
    yield element("description", brand) + "\n"
    for product in listed_products(url_of=url_of):
        for offer in product.offers:
            yield feed_item(product, offer, brand=brand)
    yield END


def listed_products(*, url_of: Callable[[ProductPage], str]) -> Iterator[ProductFacts]:
    """Every product that shoppers may see and search engines list, once, by its oldest page."""
    seen: set[int | None] = set()
    for pages in _pages_in_chunks():
        offers = offers_for_pages(pages)
        pictures = addresses_of(
            image for page in pages for image in images_of(page, offers[page.pk])
        )
        for page in pages:
            if page.product_id not in seen and page.is_indexable:
                yield facts_of(page, offers[page.pk], url=url_of(page), pictures=pictures)
            seen.add(page.product_id)


def feed_item(product: ProductFacts, offer: OfferFacts, *, brand: str) -> str:
    """One variant; empty without a picture, which would be refused."""
    if not offer.images:
        return ""
    parts = [
        element("g:id", feed_id(offer.sku)),
        element("title", shorten(offer.title, TITLE_LENGTH)),
        element("description", product.description),
        element("link", offer.url),
        element("g:image_link", offer.images[0]),
        *(element("g:additional_image_link", url) for url in offer.images[1:]),
        element("g:availability", AVAILABILITY[offer.availability]),
        *_prices(offer),
        element("g:condition", "new"),
        element("g:brand", brand),
        element("g:gtin", offer.gtin) if offer.gtin else element("g:identifier_exists", "no"),
        *(element(f"g:{name}", value) for name, value in offer.standard),
        *(_detail(name, value) for name, value in offer.others),
    ]
    if product.is_group:
        parts.append(element("g:item_group_id", product.group_id))
    if product.kind:
        parts.append(element("g:product_type", product.kind))
    if offer.weight_grams:
        parts.append(element("g:shipping_weight", f"{offer.weight_grams} g"))
    return f"<item>{''.join(parts)}</item>\n"


def _prices(offer: OfferFacts) -> list[str]:
    """What a reduction is shown beside is the price there, and what is charged the sale price."""
    price = element("g:price", f"{offer.former_price or offer.price} {offer.currency}")
    if not offer.former_price:
        return [price]
    return [price, element("g:sale_price", f"{offer.price} {offer.currency}")]


def feed_id(sku: str) -> str:
    """The SKU; a longer one than Google takes ends in a number of its own."""
    if len(sku) <= ID_LENGTH:
        return sku
    return f"{sku[: ID_LENGTH - 11]}-{hashlib.sha256(sku.encode()).hexdigest()[:10]}"


def _detail(name: str, value: str) -> str:
    pair = element("g:attribute_name", name) + element("g:attribute_value", value)
    return f"<g:product_detail>{pair}</g:product_detail>"


def _pages_in_chunks() -> Iterator[list[ProductPage]]:
    """By primary key, not by number: a page published meanwhile moves no other one."""
    pages = (
        ProductPage.objects.live()
        .public()
        .filter(product__isnull=False)
        .select_related("product__product_type")
        .order_by("pk")
    )
    last = 0
    while chunk := list(pages.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
