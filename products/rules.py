"""What can be asked of products, as data. Pure; products.selection makes a query of it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProductOrder(TextChoices):
    """In every one of them, what is sold out stands last."""

    NEWEST = "newest", _("Newest first")
    PRICE_UP = "price-up", _("Price, low to high")
    PRICE_DOWN = "price-down", _("Price, high to low")
    NAME = "name", _("Name, A to Z")


@dataclass(frozen=True)
class OneOf:
    """The product's answer to an attribute is one of these choices."""

    attribute_id: int
    choice_ids: tuple[int, ...]


@dataclass(frozen=True)
class Between:
    """Its number lies between these, both included; None leaves an end open."""

    attribute_id: int
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Answer:
    """It answers yes, or no."""

    attribute_id: int
    value: bool


@dataclass(frozen=True)
class Selection:
    """All that is named must hold; of several types, tags or choices of one attribute, any.

    `new_within_days` counts from the first publication of the product's page. An empty selection
    is every product. `limit` cuts off after the order.
    """

    type_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    choices: tuple[OneOf, ...] = ()
    numbers: tuple[Between, ...] = ()
    answers: tuple[Answer, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    new_within_days: int | None = None
    in_stock: bool = False
    order: ProductOrder = ProductOrder.NEWEST
    limit: int | None = None
