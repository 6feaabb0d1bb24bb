"""Columns and cell texts of the products' listings."""

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn, UserColumn

from products.availability import availability_of
from products.models import Product, ProductPage, ProductVariant, StockRecord
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


def page_editor_url(product: Product) -> str | None:
    page = first_page(product)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else None


def variant_label(variant: ProductVariant) -> str:
    return availability_of(
        available=available_of_variant(variant), is_active=variant.is_active
    ).label


def available_of_variant(variant: ProductVariant) -> int:
    return variant.stock.available if hasattr(variant, "stock") else 0


def record_label(record: StockRecord) -> str:
    is_active = record.variant.is_active
    return availability_of(available=record.available, is_active=is_active).label


def signed(number: int) -> str:
    return f"{number:+d}" if number else ""


PRODUCT_COLUMNS = [
    CoverColumn("picture", label=gettext_lazy("Picture"), accessor=picture_of, width="5%"),
    "name",
    Column("skus", label=gettext_lazy("SKU"), accessor=skus_of),
    Column("price", label=gettext_lazy("Price"), accessor=price_of),
    Column("available", label=gettext_lazy("Available"), accessor=available_of),
    TitleColumn("page", label=gettext_lazy("Page"), accessor=page_status, get_url=page_editor_url),
]

VARIANT_COLUMNS = [
    "sku",
    Column("product", label=gettext_lazy("Product"), sort_key="product__name"),
    Column("options_label", label=gettext_lazy("Options")),
    Column("price_money", label=gettext_lazy("Price"), sort_key="price"),
    Column("available", label=gettext_lazy("Available"), accessor=available_of_variant),
    StatusTagColumn(
        "availability",
        label=gettext_lazy("In the shop"),
        accessor=variant_label,
        primary=lambda variant: variant.is_active and available_of_variant(variant) > 0,
    ),
]

STOCK_COLUMNS = [
    TitleColumn(
        "sku",
        label=gettext_lazy("SKU"),
        accessor="variant.sku",
        sort_key="variant__sku",
        url_name="stock_admin:edit",
    ),
    Column(
        "product",
        label=gettext_lazy("Product"),
        accessor="variant.product.name",
        sort_key="variant__product__name",
    ),
    Column("options", label=gettext_lazy("Options"), accessor="variant.options_label"),
    Column("on_hand", label=gettext_lazy("On hand"), sort_key="on_hand"),
    Column("allocated", label=gettext_lazy("Allocated"), sort_key="allocated"),
    Column("available", label=gettext_lazy("Available"), sort_key="free"),
    StatusTagColumn(
        "state",
        label=gettext_lazy("In the shop"),
        accessor=record_label,
        primary=lambda record: record.variant.is_active and record.available > 0,
    ),
]

MOVEMENT_COLUMNS = [
    DateColumn("created_at", label=gettext_lazy("When"), sort_key="created_at"),
    TitleColumn(
        "sku",
        label=gettext_lazy("SKU"),
        accessor="record.variant.sku",
        get_url=lambda movement: reverse("stock_admin:edit", args=[movement.record_id]),
    ),
    Column("product", label=gettext_lazy("Product"), accessor="record.variant.product.name"),
    Column("reason", label=gettext_lazy("Why"), accessor="get_reason_display"),
    Column("on_hand", label=gettext_lazy("On hand"), accessor=lambda m: signed(m.on_hand_change)),
    Column(
        "allocated",
        label=gettext_lazy("Allocated"),
        accessor=lambda movement: signed(movement.allocated_change),
    ),
    Column("reference", label=gettext_lazy("Order")),
    Column("note", label=gettext_lazy("Note")),
    UserColumn("user", label=gettext_lazy("By"), blank_display_name=gettext_lazy("The shop")),
]
