"""Streams as they are stored are walked and changed without a query."""

from typing import Any

import pytest
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from shopsite.cms.stored_streams import DROP, Leaf, changed_stream, leaves_of


class Inner(blocks.StructBlock):
    page = blocks.PageChooserBlock(required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock())


class Chapter(blocks.StructBlock):
    rows = blocks.ListBlock(Inner())
    stream = blocks.StreamBlock([("page", blocks.PageChooserBlock()), ("text", Inner())])


def field() -> models.Field:
    stream = StreamField([("one", blocks.PageChooserBlock()), ("chapter", Chapter())])
    stream.set_attributes_from_name("body")
    return stream


STORED: list[dict[str, Any]] = [
    {"type": "one", "id": "a", "value": 1},
    {"type": "gone", "id": "b", "value": {"page": 1}},
    {
        "type": "chapter",
        "id": "c",
        "value": {
            "rows": [
                {
                    "type": "item",
                    "id": "d",
                    "value": {"page": 1, "pages": [{"type": "item", "id": "e", "value": 2}]},
                },
                {"type": "item", "id": "f", "value": {"page": None, "pages": [1, 2]}},
            ],
            "stream": [
                {"type": "page", "id": "g", "value": 1},
                {"type": "text", "id": "h", "value": "From before it had fields."},
            ],
        },
    },
]


def test_every_leaf_has_the_path_that_wagtails_editor_knows_it_by() -> None:
    found = [(leaf.content_path, leaf.value) for leaf in leaves_of(field(), STORED)]
    assert found == [
        ("body.a", 1),
        ("body.c.rows.d.page", 1),
        ("body.c.rows.d.pages.e", 2),
        ("body.c.rows.f.page", None),
        ("body.c.rows.f.pages", 1),
        ("body.c.rows.f.pages", 2),
        ("body.c.stream.g", 1),
    ]


def test_a_change_reaches_into_lists_and_streams_and_leaves_all_else_alone() -> None:
    def swap(leaf: Leaf) -> Any:
        if leaf.value != 1:
            return leaf.value
        return DROP if 2 in leaf.siblings else 9

    changed = changed_stream(field(), STORED, swap)
    assert changed == [
        {"type": "one", "id": "a", "value": 9},
        {"type": "gone", "id": "b", "value": {"page": 1}},
        {
            "type": "chapter",
            "id": "c",
            "value": {
                "rows": [
                    {
                        "type": "item",
                        "id": "d",
                        "value": {"page": 9, "pages": [{"type": "item", "id": "e", "value": 2}]},
                    },
                    {"type": "item", "id": "f", "value": {"page": None, "pages": [2]}},
                ],
                "stream": [
                    {"type": "page", "id": "g", "value": 9},
                    {"type": "text", "id": "h", "value": "From before it had fields."},
                ],
            },
        },
    ]
    assert STORED[0]["value"] == 1


@pytest.mark.parametrize("empty", [None, []])
def test_an_empty_stream_has_no_leaves(empty: Any) -> None:
    assert leaves_of(field(), empty) == []
