"""Blocks that name a second product for when the first cannot be bought."""

from typing import Any

import pytest
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from home.models import HomePage
from products.blocks import ProductChooserBlock
from products.models import ProductIndexPage, ProductPage
from products.product_states import product_states
from products.replacing import Replacement
from products.selling_blocks import dead_uses, page_ids_of, selling_blocks, sells_nothing
from shopsite.cms.stored_streams import leaves_of
from tests.factories import make_product_page


class Choice(blocks.StructBlock):
    product = ProductChooserBlock()
    when_gone = blocks.CharBlock()
    substitute = ProductChooserBlock(required=False)


class Rule(blocks.StreamBlock):
    finds_products = True
    price = blocks.IntegerBlock()


class Finder(blocks.StructBlock):
    product = ProductChooserBlock(required=False)
    rule = Rule(required=False)


def field() -> models.Field:
    stream = StreamField(
        [
            ("look", blocks.ListBlock(Choice())),
            ("finder", Finder()),
            ("shop", blocks.PageChooserBlock(page_type="products.ProductIndexPage")),
        ]
    )
    stream.set_attributes_from_name("body")
    return stream


def look(product: int, when_gone: str, substitute: int | None) -> list[dict[str, Any]]:
    value = {"product": product, "when_gone": when_gone, "substitute": substitute}
    items = [{"type": "item", "id": "i", "value": value}]
    return [{"type": "look", "id": "a", "value": items}]


def judged(stored: list[dict[str, Any]]) -> tuple[bool, list[int]]:
    content = selling_blocks(leaves_of(field(), stored))
    states = product_states(page_ids_of(content))
    dead = [use.page_id for block in content for use, _state in dead_uses(block, states)]
    return sells_nothing(content, states), dead


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", on_hand=0)


@pytest.fixture
def kettle(site: HomePage) -> ProductPage:
    return make_product_page("Kettle")


def test_a_substitute_sells_in_the_place_of_the_first(
    mug: ProductPage, kettle: ProductPage
) -> None:
    assert judged(look(mug.pk, "substitute", kettle.pk)) == (False, [])
    assert judged(look(mug.pk, "badge", kettle.pk)) == (True, [mug.pk])
    assert judged(look(mug.pk, "substitute", mug.pk)) == (True, [mug.pk])
    assert judged(look(kettle.pk, "substitute", mug.pk)) == (False, [])


def test_what_finds_its_products_itself_is_never_dead(mug: ProductPage) -> None:
    dead = look(mug.pk, "badge", None)
    rule = [{"type": "price", "id": "r", "value": 30}]
    finder = {"type": "finder", "id": "b", "value": {"product": None, "rule": rule}}
    named = {"type": "finder", "id": "b", "value": {"product": mug.pk, "rule": []}}
    both = {"type": "finder", "id": "b", "value": {"product": mug.pk, "rule": rule}}
    shop = {"type": "shop", "id": "c", "value": ProductIndexPage.objects.get().pk}
    assert judged([*dead, finder]) == (False, [mug.pk])
    assert judged([*dead, named]) == (True, [mug.pk, mug.pk])
    assert judged([*dead, both]) == (False, [mug.pk, mug.pk])
    assert judged([*dead, shop]) == (False, [mug.pk])


@pytest.mark.parametrize(
    ("before", "count", "after"),
    [
        (("old", "badge", None), 1, ("new", "badge", None)),
        (("other", "substitute", "old"), 1, ("other", "substitute", "new")),
        (("old", "substitute", "other"), 1, ("new", "substitute", "other")),
        (("old", "substitute", "new"), 1, ("new", "badge", None)),
        (("new", "substitute", "old"), 1, ("new", "badge", None)),
        (("new", "substitute", "other"), 0, ("new", "substitute", "other")),
    ],
)
def test_after_a_swap_no_product_is_its_own_fallback(
    before: tuple[Any, ...], count: int, after: tuple[Any, ...]
) -> None:
    keys = {"old": 1, "new": 2, "other": 3, None: None}

    def stored(words: tuple[Any, ...]) -> list[dict[str, Any]]:
        return look(keys[words[0]], words[1], keys[words[2]])

    replacement = Replacement(1, 2, old_title="Mug", new_title="Bowl")
    assert replacement.in_stream(field(), stored(before)) == stored(after)
    assert replacement.count == count
