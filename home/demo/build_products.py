"""Products, variants, prices and stock, and the drafts of their pages."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.auth.models import User

from home.demo.build_details import build_details, describe_product
from home.demo.build_tree import add_draft
from home.demo.content.shop import REDUCED_TYPES
from home.demo.identity import translation_key_of
from home.demo.pictures import PICTURES, PictureShelf
from home.demo.shapes import DemoProduct
from products.catalog import add_variant
from products.models import (
    Product,
    ProductIndexPage,
    ProductPage,
    ProductPagePicture,
    ProductType,
    ProductVariant,
    TaxClass,
)
from products.prices import change_price


def build_products(
    products: Iterable[DemoProduct],
    *,
    shop: ProductIndexPage,
    shelf: PictureShelf,
    user: User,
) -> list[tuple[ProductPage, DemoProduct]]:
    """Makes the products whose SKUs are not there yet; returns their pages, still without story.

    A product of which any SKU exists is left alone as a whole: its page may have been renamed,
    rewritten or deleted on purpose.
    """
    build_details()
    skus = set(ProductVariant.objects.values_list("sku", flat=True))
    return [
        (_build_page(demo, shop=shop, shelf=shelf, user=user), demo)
        for demo in products
        if skus.isdisjoint(variant.sku for variant in demo.variants)
    ]


def _build_page(
    demo: DemoProduct, *, shop: ProductIndexPage, shelf: PictureShelf, user: User
) -> ProductPage:
    page = ProductPage(
        title=demo.name,
        slug=demo.slug,
        translation_key=translation_key_of(demo.key),
        product=_build_product(demo, shelf=shelf, user=user),
        summary=demo.summary,
        search_description=demo.search_description,
    )
    page.pictures.add(
        *(
            ProductPagePicture(image=shelf.take(name), alt_text=PICTURES[name], sort_order=number)
            for number, name in enumerate(demo.pictures)
        )
    )
    return add_draft(shop, page, user=user)


def _build_product(demo: DemoProduct, *, shelf: PictureShelf, user: User) -> Product:
    product = Product(name=demo.name, **_numbered("option{}_name", demo.option_names))
    product.product_type = ProductType.objects.filter(code=demo.product_type).first()
    if demo.product_type in REDUCED_TYPES:
        product.tax_class = TaxClass.REDUCED
    product.full_clean()
    product.save()
    product.tags.add(*demo.tags)
    describe_product(product, demo.attributes)
    for number, variant in enumerate(demo.variants):
        record = ProductVariant(
            product=product,
            sku=variant.sku,
            price=Decimal(variant.price),
            weight_grams=variant.weight_grams,
            image=shelf.take(variant.picture),
            is_active=variant.is_active,
            sort_order=number,
            **_numbered("option{}", variant.options),
        )
        add_variant(variant=record, on_hand=variant.on_hand, user=user)
        if variant.reduced_to:
            price = Decimal(variant.reduced_to)
            change_price(variant=record, price=price, user=user, announce_reduction=True)
    return product


def _numbered(name: str, values: tuple[str, ...]) -> dict[str, str]:
    return {name.format(number): value for number, value in enumerate(values, start=1)}
