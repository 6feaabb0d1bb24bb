"""What it takes to follow a how-to, with live cards of what the shop sells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from products.cards import ProductCard, product_cards
from products.models import ProductPage


@dataclass(frozen=True)
class Need:
    amount: str
    name: str
    card: ProductCard | None


def needs_of(ingredients: Iterable[Mapping[str, Any]]) -> list[Need]:
    """In their order; a product that shoppers cannot see is only its name. The same number of
    queries for any number of them."""
    ingredients = list(ingredients)
    ids = {one["product"].pk for one in ingredients if one.get("product") is not None}
    pages = list(ProductPage.objects.live().public().filter(pk__in=ids)) if ids else []
    cards = dict(zip((page.pk for page in pages), product_cards(pages), strict=True))
    return [
        Need(
            amount=one.get("amount") or "",
            name=one.get("name") or "",
            card=cards.get(one["product"].pk) if one.get("product") is not None else None,
        )
        for one in ingredients
    ]
