"""Plans into the database: in bulk what is new, through the services what is price or stock."""

from collections.abc import Sequence
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from products.bulk import BATCH_SIZE, NewProduct, add_tags, create_products, create_variants
from products.bulk_pages import create_product_pages, index_product_pages, record_references
from products.catalog_file.columns import OPTION_NAMES, OPTIONS
from products.catalog_file.plans import ProductPlan
from products.catalog_file.reading import Problem
from products.listing_entries import one_refresh, refresh_listing_on_commit
from products.models import (
    AttributeValue,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductTag,
    ProductVariant,
)
from products.prices import change_price
from products.stock import StockConflict, count_stock

PRODUCT_COLUMNS = ["name", "product_type", "tax_class", *OPTION_NAMES, "updated_at"]
VARIANT_COLUMNS = [*OPTIONS, "weight_grams", "gtin", "is_active"]


@transaction.atomic
def write_plans(
    plans: Sequence[ProductPlan], *, shop: ProductIndexPage | None, user: User | None, note: str
) -> list[Problem]:
    """Writes all that the plans say; returns the stock that moved meanwhile and was not counted.

    The pages are drafts below `shop`. Lists and search are told after the commit.
    """
    new = [plan for plan in plans if plan.is_new]
    known = [plan for plan in plans if not plan.is_new]
    with one_refresh():
        _create(new, user)
        _change(known, user)
        for plan in plans:
            for variant, price in plan.prices:
                change_price(variant=variant, price=price, user=user)
        if shop is not None:
            _create_pages([plan for plan in plans if plan.page], shop, user)
        refresh_listing_on_commit(product_ids=[plan.product.pk for plan in plans])
        return _count(plans, user, note)


def _create(plans: Sequence[ProductPlan], user: User | None) -> None:
    new = []
    for plan in plans:
        values = [
            AttributeValue(attribute=attribute, **columns)
            for attribute, columns in plan.values.items()
        ]
        new.append(NewProduct(plan.product, plan.new_variants, values, plan.new_tags))
    create_products(new, user=user)


def _change(plans: Sequence[ProductPlan], user: User | None) -> None:
    now = timezone.now()
    changed = [plan.product for plan in plans if plan.is_changed]
    for product in changed:
        product.updated_at = now
    Product.objects.bulk_update(changed, PRODUCT_COLUMNS, batch_size=BATCH_SIZE)
    _change_variants([variant for plan in plans for variant in plan.changed_variants])
    create_variants([variant for plan in plans for variant in plan.new_variants], user=user)
    _change_values(plans)
    for plan in plans:
        if plan.old_tags:
            ProductTag.objects.filter(
                content_object=plan.product, tag__name__in=plan.old_tags
            ).delete()
    add_tags({plan.product.pk: plan.new_tags for plan in plans if plan.new_tags})


def _change_variants(variants: Sequence[ProductVariant]) -> None:
    """In two steps, so that two variants may exchange their options: the database looks at each
    row as it is written."""
    parking = [ProductVariant(pk=variant.pk, option1=f"\x01{variant.pk}") for variant in variants]
    ProductVariant.objects.bulk_update(parking, ["option1"], batch_size=BATCH_SIZE)
    ProductVariant.objects.bulk_update(variants, VARIANT_COLUMNS, batch_size=BATCH_SIZE)


def _change_values(plans: Sequence[ProductPlan]) -> None:
    new = []
    for plan in plans:
        if not plan.values:
            continue
        AttributeValue.objects.filter(product=plan.product, attribute__in=plan.values).delete()
        new += [
            AttributeValue(product=plan.product, attribute=attribute, **columns)
            for attribute, columns in plan.values.items()
            if columns
        ]
    AttributeValue.objects.bulk_create(new, batch_size=BATCH_SIZE)


def _count(plans: Sequence[ProductPlan], user: User | None, note: str) -> list[Problem]:
    problems = []
    for plan in plans:
        for count in plan.counts:
            try:
                count_stock(
                    record=count.variant.stock,
                    counted=count.counted,
                    expected_on_hand=count.expected,
                    user=user,
                    note=note,
                )
            except StockConflict as conflict:
                problems.append(Problem(count.line, f"stock: {conflict}"))
    return problems


def _create_pages(plans: Sequence[ProductPlan], shop: ProductIndexPage, user: User | None) -> None:
    pages = [
        ProductPage(product=plan.product, live=False, has_unpublished_changes=True, owner=user,
                    **(plan.page or {}))
        for plan in plans
    ]  # fmt: skip
    create_product_pages(pages, parent=shop)
    record_references(pages)
    transaction.on_commit(partial(index_product_pages, [page.pk for page in pages]), robust=True)
