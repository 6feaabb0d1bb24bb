"""Columns and cell texts of the products' listings."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, TitleColumn

from products.admin.links import edit_page_url, product_url
from products.admin.stock_columns import AvailabilityColumn
from products.availability import Availability, availability_of
from products.models import Product, ProductPage, ProductVariant
from shopsite.cms.admin.cover_listing import THUMBNAIL, CoverColumn
from shopsite.cms.models import ShopImage


def with_everything_listed(products: QuerySet[Product]) -> QuerySet[Product]:
    """What the columns below read of each product, in a fixed number of queries."""
    images = ShopImage.objects.prefetch_renditions(THUMBNAIL)
    pictures = Prefetch("pages__pictures__image", images)
    return products.prefetch_related("variants__stock", "pages", pictures)


def picture_of(product: Product) -> ShopImage | None:
    page = first_page(product)
    pictures = page.pictures.all() if page else []
    return next((picture.image for picture in pictures), None)


def skus_of(product: Product) -> str:
    skus = [variant.sku for variant in product.variants.all()]
    if len(skus) > 2:
        more = len(skus) - 2
        return ", ".join(skus[:2]) + " " + ngettext("and %d more", "and %d more", more) % more
    return ", ".join(skus)


def price_of(product: Product) -> str:
    prices = sorted(variant.price_money for variant in product.variants.all())
    if not prices:
        return ""
    return str(prices[0]) if prices[0] == prices[-1] else f"{prices[0]} – {prices[-1]}"


def available_of(product: Product) -> int:
    variants = product.variants.all()
    return sum(variant.stock.available for variant in variants if hasattr(variant, "stock"))


def first_page(product: Product) -> ProductPage | None:
    return min(product.pages.all(), key=lambda page: page.pk, default=None)


def page_status(product: Product) -> str:
    page = first_page(product)
    if page is None:
        return _("No page")
    # Not page.status_string, which asks the database for each page whether it is scheduled.
    return _("Live") if page.live else _("Draft")


def change_url(product: Product, user: User) -> str:
    """Of what the person may change: the product, or else its page; empty if neither."""
    page = first_page(product)
    return product_url(product, user) or (edit_page_url(page, user) if page else "")


def state_of_variant(variant: ProductVariant) -> Availability:
    return availability_of(available=available_of_variant(variant), is_active=variant.is_active)


def available_of_variant(variant: ProductVariant) -> int:
    return variant.stock.available if hasattr(variant, "stock") else 0


class ProductColumn(TitleColumn):
    def get_link_url(self, instance: Product, parent_context: Mapping[str, Any]) -> str:
        return change_url(instance, parent_context["request"].user)


PRODUCT_COLUMNS = [
    CoverColumn("picture", label=gettext_lazy("Picture"), accessor=picture_of, width="5%"),
    ProductColumn("name", label=gettext_lazy("Name"), sort_key="name"),
    Column("skus", label=gettext_lazy("SKU"), accessor=skus_of),
    Column("price", label=gettext_lazy("Price"), accessor=price_of),
    Column("available", label=gettext_lazy("Available"), accessor=available_of),
    Column("page", label=gettext_lazy("Page"), accessor=page_status),
]

VARIANT_COLUMNS = [
    "sku",
    Column("product", label=gettext_lazy("Product"), sort_key="product__name"),
    Column("options_label", label=gettext_lazy("Options")),
    Column("price_money", label=gettext_lazy("Price"), sort_key="price"),
    Column("available", label=gettext_lazy("Available"), accessor=available_of_variant),
    AvailabilityColumn(
        "availability", label=gettext_lazy("In the shop"), accessor=state_of_variant
    ),
]
