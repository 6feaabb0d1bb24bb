"""One product in the place of another: what lists keep that show both."""

from typing import Any

import pytest
from django.db import models
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField

from products.blocks.buying import StoryBasketBlock
from products.blocks.cards import ProductGridBlock
from products.blocks.comparison import ComparisonBlock
from products.blocks.howto import HowToBlock
from products.blocks.look import ShopTheLookBlock
from products.replacing import Replacement
from shopsite.cms.stored_streams import TooFewItems

OLD, NEW, OTHER = 1, 2, 3


class Chapter(StructBlock):
    rows = ListBlock(StructBlock([("text", RichTextBlock()), ("page", PageChooserBlock())]))
    story = PageChooserBlock(page_type="home.StoryPage")
    word = CharBlock()


def field() -> models.Field:
    stream = StreamField(
        [
            ("basket", StoryBasketBlock()),
            ("grid", ProductGridBlock()),
            ("comparison", ComparisonBlock()),
            ("look", ShopTheLookBlock()),
            ("how_to", HowToBlock()),
            ("chapter", Chapter()),
        ]
    )
    stream.set_attributes_from_name("body")
    return stream


def replaced(kind: str, value: Any) -> tuple[Any, int]:
    replacement = Replacement(OLD, NEW, old_title="Mug & lid", new_title="Pots & pans")
    stream = replacement.in_stream(field(), [{"type": kind, "id": "a", "value": value}])
    return stream[0]["value"], replacement.count


def items(*values: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": f"i{v.get('note', n)}", "value": v} for n, v in enumerate(values)
    ]


def products(*ids: int) -> list[dict[str, Any]]:
    return [{"type": "item", "id": f"i{pk}-{n}", "value": {"product": pk}}
            for n, pk in enumerate(ids)]  # fmt: skip


def test_a_basket_keeps_the_line_of_the_new_one_with_how_many_it_said() -> None:
    old = {"product": OLD, "quantity": 2, "note": "old", "is_optional": False}
    new = {"product": NEW, "quantity": 5, "note": "new", "is_optional": True}
    for before in (items(old, new), items(new, old)):
        assert replaced("basket", {"items": before}) == ({"items": items(new)}, 1)


def test_a_basket_without_the_new_one_keeps_how_many_the_old_one_was() -> None:
    line = {"product": OLD, "quantity": 2, "note": "x", "is_optional": True}
    after = {"items": items({**line, "product": NEW})}
    assert replaced("basket", {"items": items(line)}) == (after, 1)


@pytest.mark.parametrize(
    ("kind", "before", "after", "count"),
    [
        ("grid", [OLD, OTHER, NEW], [OTHER, NEW], 1),
        ("grid", [NEW, OLD], [NEW], 1),
        ("grid", [OLD, OTHER], [NEW, OTHER], 1),
        ("grid", [OLD, OTHER, OLD], [NEW, OTHER], 2),
        ("grid", [NEW, NEW, OTHER], [NEW, NEW, OTHER], 0),
        ("comparison", [OLD, NEW, OTHER], [NEW, OTHER], 1),
    ],
)
def test_a_list_of_choices_shows_the_new_one_once(
    kind: str, before: list[int], after: list[int], count: int
) -> None:
    value, counted = replaced(kind, {"products": products(*before)})
    assert [item["value"]["product"] for item in value["products"]] == after
    assert counted == count


def test_a_comparison_is_not_left_with_one_product() -> None:
    with pytest.raises(TooFewItems, match="Comparison"):
        replaced("comparison", {"products": products(OLD, NEW)})


def test_a_comparison_that_was_too_short_before_is_no_obstacle() -> None:
    value, count = replaced("comparison", {"products": products(OLD)})
    assert (value["products"][0]["value"]["product"], count) == (NEW, 1)


def test_every_point_of_a_picture_stays() -> None:
    points = [{"product": OLD, "x": 10, "y": 20}, {"product": NEW, "x": 80, "y": 60}]
    after = [{**points[0], "product": NEW}, points[1]]
    assert replaced("look", {"points": items(*points)}) == ({"points": items(*after)}, 1)


def test_an_ingredient_keeps_its_words_also_when_another_is_the_same_product() -> None:
    two = [
        {"amount": "1", "name": "mug", "product": OLD},
        {"amount": "2", "name": "pots", "product": NEW},
    ]
    after = [{**two[0], "product": NEW}, two[1]]
    value, count = replaced("how_to", {"ingredients": items(*two), "steps": []})
    assert (value["ingredients"], count) == (items(*after), 1)


def test_texts_and_links_at_any_depth_lead_to_the_new_one() -> None:
    def chapter(page_id: int, name: str) -> dict[str, Any]:
        text = f'<p><a linktype="page" id="{page_id}">{name}</a> and 1</p>'
        row = {"text": text, "page": page_id}
        return {"rows": items(row, {"text": "", "page": OTHER}), "story": OLD, "word": "1"}

    after = (chapter(NEW, "Pots &amp; pans"), 2)
    assert replaced("chapter", chapter(OLD, "Mug &amp; lid")) == after
