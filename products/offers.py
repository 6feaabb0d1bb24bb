"""The one place where price and availability are read.

Product page, card, block, structured data, cart, checkout and Stripe all take them from here, so
that they cannot say different things. Everything is fetched in bulk: the number of queries does
not grow with the number of products.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from products.availability import Availability, availability_of
from products.models import ProductPage, ProductVariant, TaxClass
from products.scenarios import imagined_availability, imagined_price
from shopsite.cms.models import ShopImage
from shopsite.lib.money import Money


@dataclass(frozen=True)
class Offer:
    """One variant as it can be bought now. `page` is None while no page of it is live."""

    variant_id: int
    product_id: int
    sku: str
    title: str
    option_values: tuple[str, ...]
    price: Money
    availability: Availability
    gtin: str
    weight_grams: int | None
    page: ProductPage | None
    image: ShopImage | None
    image_alt: str
    # What an announced reduction is shown beside: the lowest price of the 30 days before it.
    former_price: Money | None = None
    tax_class: str = TaxClass.STANDARD

    @property
    def is_buyable(self) -> bool:
        return self.availability.is_buyable

    @property
    def options_label(self) -> str:
        return " / ".join(self.option_values)

    @property
    def url(self) -> str:
        return (self.page.url or "") if self.page else ""


def offers_for_skus(
    skus: Collection[str], *, held: Mapping[str, int] | None = None
) -> dict[str, Offer]:
    """Offers by SKU, 5 queries for any number. An unknown SKU is missing from the answer; one whose
    page is not live is there, but cannot be bought.

    `held` adds what is kept for this very shopper, by SKU, to what everybody could buy.
    """
    held = held or {}
    variants = list(_variants().filter(sku__in=skus))
    pages = _live_pages({variant.product_id for variant in variants})
    return {v.sku: _offer(v, pages.get(v.product_id), held=held.get(v.sku, 0)) for v in variants}


def offers_for_pages(pages: Iterable[ProductPage]) -> dict[int, list[Offer]]:
    """Offers by page id in the variants' order; only variants that are for sale.

    Also for pages that are not live yet, so that a preview shows what will be sold. 3 queries
    for any number, of which 2 fetch the pictures unless the pages have them already.
    """
    pages = list(pages)
    prefetch_related_objects(pages, "pictures__image")
    by_product: dict[int, list[ProductVariant]] = {}
    product_ids = {page.product_id for page in pages if page.product_id}
    for variant in _variants().filter(product_id__in=product_ids, is_active=True):
        by_product.setdefault(variant.product_id, []).append(variant)
    return {
        page.pk: [
            _offer(variant, page, is_shown=True)
            for variant in by_product.get(page.product_id or 0, [])
        ]
        for page in pages
    }


def offers_of_product(product_id: int, *, held: Mapping[str, int] | None = None) -> list[Offer]:
    """What is for sale of one product, in the variants' order; nothing while no page of it is live.
    6 queries."""
    rows = ProductVariant.objects.filter(product_id=product_id, is_active=True)
    skus = list(rows.values_list("sku", flat=True))
    offers = offers_for_skus(skus, held=held) if skus else {}
    return [offers[sku] for sku in skus if sku in offers and offers[sku].page is not None]


def _variants() -> QuerySet[ProductVariant]:
    return ProductVariant.objects.select_related("product", "stock", "image")


def _live_pages(product_ids: Collection[int]) -> dict[int, ProductPage]:
    """The live, public page of each product; the oldest when it has several."""
    pages = (
        ProductPage.objects.live()
        .public()
        .filter(product_id__in=product_ids)
        .prefetch_related("pictures__image")
        .order_by("-pk")
    )
    return {page.product_id: page for page in pages if page.product_id}


def _offer(
    variant: ProductVariant, page: ProductPage | None, *, is_shown: bool = False, held: int = 0
) -> Offer:
    stock = getattr(variant, "stock", None)
    is_for_sale = variant.is_active and (is_shown or page is not None)
    image, alt = _picture(variant, page)
    price, former_price = imagined_price(*_prices(variant))
    truth = availability_of(
        available=(stock.available if stock else 0) + held, is_active=is_for_sale
    )
    return Offer(
        variant_id=variant.pk,
        product_id=variant.product_id,
        sku=variant.sku,
        title=page.title if page else variant.product.name,
        option_values=variant.option_values,
        price=price,
        availability=imagined_availability(truth),
        gtin=variant.gtin,
        weight_grams=variant.weight_grams,
        page=page,
        image=image,
        image_alt=alt,
        former_price=former_price,
        tax_class=variant.product.tax_class,
    )


def _prices(variant: ProductVariant) -> tuple[Money, Money | None]:
    price = variant.price_money.quantize()
    if variant.reference_price is None:
        return price, None
    former = Money(variant.reference_price, price.currency).quantize()
    return price, former if former > price else None  # Two prices may round to the same.


def _picture(variant: ProductVariant, page: ProductPage | None) -> tuple[ShopImage | None, str]:
    if variant.image:
        return variant.image, variant.image.description
    first = page.main_picture if page else None
    return (first.image, first.alt_text) if first else (None, "")
