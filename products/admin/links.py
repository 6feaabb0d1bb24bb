"""Where commercial facts are changed. A link is empty for a person who may not follow it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode


def product_url(product: models.Model | None, user: AbstractBaseUser) -> str:
    if product is None or not user.has_perm("products.change_product"):
        return ""
    return reverse("products_admin:edit", args=[product.pk])


def add_variant_url(product: models.Model | None, user: AbstractBaseUser) -> str:
    if product is None or not product.pk or not user.has_perm("products.add_productvariant"):
        return ""
    return f"{reverse('variants_admin:add')}?{urlencode({'product': product.pk})}"


def edit_variant_url(variant: models.Model | None, user: AbstractBaseUser) -> str:
    if variant is None or not user.has_perm("products.change_productvariant"):
        return ""
    return reverse("variants_admin:edit", args=[variant.pk])


def stock_url(variant: Any, user: AbstractBaseUser) -> str:
    stock = getattr(variant, "stock", None)
    if stock is None or not user.has_perm("products.change_stockrecord"):
        return ""
    return reverse("stock_admin:edit", args=[stock.pk])
