"""Where commercial facts are changed. A link is empty for a person who may not follow it."""

from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page


def product_url(product: models.Model | None, user: User) -> str:
    if product is None or not user.has_perm("products.change_product"):
        return ""
    return reverse("products_admin:edit", args=[product.pk])


def add_variant_url(product: models.Model | None, user: User) -> str:
    if product is None or not product.pk or not user.has_perm("products.add_productvariant"):
        return ""
    return f"{reverse('variants_admin:add')}?{urlencode({'product': product.pk})}"


def make_variants_url(product: Any, user: User) -> str:
    """Only for a product that says what its variants differ in."""
    if not add_variant_url(product, user) or not product.option_names:
        return ""
    return reverse("products_admin:make_variants", args=[product.pk])


def edit_variant_url(variant: models.Model | None, user: User) -> str:
    if variant is None or not user.has_perm("products.change_productvariant"):
        return ""
    return reverse("variants_admin:edit", args=[variant.pk])


def stock_url(variant: Any, user: User) -> str:
    stock = getattr(variant, "stock", None)
    if stock is None or not user.has_perm("products.change_stockrecord"):
        return ""
    return reverse("stock_admin:edit", args=[stock.pk])


def edit_page_url(page: Page, user: User) -> str:
    if not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def make_page_url(product: models.Model, user: User) -> str:
    """Takes a POST. Who may make products may make their pages; the view asks again."""
    if not user.has_perm("products.add_product"):
        return ""
    return reverse("products_admin:make_page", args=[product.pk])
