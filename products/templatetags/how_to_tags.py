from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from products.needs import Need, needs_of

register = template.Library()


@register.simple_tag
def needs_for(ingredients: Iterable[Mapping[str, Any]]) -> list[Need]:
    """What it takes, with price and stock of the moment where the shop sells it."""
    return needs_of(ingredients)
