"""A product and what it costs in the words of schema.org. Pure.

Several variants are a ProductGroup on one page, as Google asks for: the page's address is that of
the group, and each variant's leads to the page with it selected.
"""

from products.availability import Code
from products.offer_facts import OfferFacts, ProductFacts
from shopsite.lib.schema_org import Thing, known

SCHEMA = "https://schema.org"
AVAILABILITY: dict[Code, str] = {
    "in_stock": f"{SCHEMA}/InStock",
    "low_stock": f"{SCHEMA}/LimitedAvailability",
    "sold_out": f"{SCHEMA}/OutOfStock",
    "unavailable": f"{SCHEMA}/Discontinued",
}


def product_things(product: ProductFacts, *, brand: str) -> list[Thing]:
    """Nothing for a product without an offer: what cannot be bought is no product to a search
    engine, and would be reported as a mistake."""
    if not product.offers:
        return []
    shared = known(
        {
            "name": product.title,
            "description": product.description,
            "url": product.url,
            "image": list(product.images),
            "brand": {"@type": "Brand", "name": brand},
            "category": product.kind,
        }
    )
    if not product.is_group:
        offer = product.offers[0]
        return [{"@type": "Product", **shared, **_identity(offer), "offers": _offer(offer)}]
    varies_by = dict.fromkeys(name for offer in product.offers for name, _v in offer.standard)
    group = {
        "productGroupID": product.group_id,
        "variesBy": [f"{SCHEMA}/{name}" for name in varies_by],
        "hasVariant": [_variant(offer) for offer in product.offers],
    }
    return [{"@type": "ProductGroup", **shared, **known(group)}]


def _variant(offer: OfferFacts) -> Thing:
    return {"@type": "Product", "name": offer.title, **_identity(offer), "offers": _offer(offer)}


def _identity(offer: OfferFacts) -> Thing:
    others = [
        {"@type": "PropertyValue", "name": name, "value": value} for name, value in offer.others
    ]
    return known(
        {
            "sku": offer.sku,
            "gtin": offer.gtin,
            "image": list(offer.images),
            **dict(offer.standard),
            "additionalProperty": others,
        }
    )


def _offer(offer: OfferFacts) -> Thing:
    told = {
        "@type": "Offer",
        "sku": offer.sku,
        "url": offer.url,
        "price": offer.price,
        "priceCurrency": offer.currency,
        "availability": AVAILABILITY[offer.availability],
        "itemCondition": f"{SCHEMA}/NewCondition",
    }
    return {**told, "priceSpecification": _former_price(offer)} if offer.former_price else told


def _former_price(offer: OfferFacts) -> Thing:
    return {
        "@type": "UnitPriceSpecification",
        "priceType": f"{SCHEMA}/StrikethroughPrice",
        "price": offer.former_price,
        "priceCurrency": offer.currency,
    }
