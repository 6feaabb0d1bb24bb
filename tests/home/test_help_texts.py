"""Every field that somebody fills in says in plain words what it is for."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.forms import Form
from wagtail import blocks
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.settings.registry import registry
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models

from shopsite import urls  # noqa: F401 - the admin knows its own forms once these are read.
from shopsite.second_factor.forms import CodeForm, FirstCodeForm, PasswordForm

OURS = {"checkout", "cms", "contact", "home", "orders", "products"}
WAGTAILS_OWN = {"comments", "comment_notifications", "go_live_at", "expire_at"}
# What these words mean is plain from where they stand.
SPEAKS_FOR_ITSELF = {
    "Address", "Answer", "Attribute", "Caption", "Cover picture", "Detail", "E-mail", "Form",
    "Heading", "Icon", "Introduction", "Label", "Legal name", "Name", "Network", "Page", "Picture",
    "Product", "Question", "Quote", "Section", "Story", "Tag", "Text", "Title", "Type",
    "Who said it",
}  # fmt: skip
# Colors are explained once above all of them, option values by the names of their options.
EXPLAINED_NEARBY = {
    "paper_light", "ink_light", "accent_light", "paper_dark", "ink_dark", "accent_dark",
    "option1", "option2", "option3",
}  # fmt: skip


def edit_handlers() -> Iterator[tuple[type[models.Model], Any]]:
    for page_model in get_page_models():
        yield page_model, page_model.get_edit_handler()
    for viewset in viewsets.viewsets:
        if not isinstance(viewset, ModelViewSet) or issubclass(viewset.model, Page):
            continue
        if viewset.get_edit_handler():
            yield viewset.model, viewset.get_edit_handler().bind_to_model(viewset.model)
    for item in registry:
        yield item, get_edit_handler(item)


def ours() -> list[Any]:
    found = [
        pytest.param(model, handler, id=f"{model.__name__}-{number}")
        for number, (model, handler) in enumerate(edit_handlers())
        if model._meta.app_label in OURS
    ]
    assert len(found) > 20
    return found


def panels_below(panel: Any) -> Iterator[Any]:
    yield panel
    for child in getattr(panel, "children", []):
        yield from panels_below(child)


def form_fields(handler: Any) -> Iterator[tuple[str, str, str]]:
    """Name, label and help of every field that is shown, also of those of inline forms."""
    form_class = handler.get_form_class()
    help_of_panels = {
        panel.field_name: panel.help_text
        for panel in panels_below(handler)
        if getattr(panel, "field_name", "")
    }
    for name, field in form_class.base_fields.items():
        if name not in WAGTAILS_OWN and not field.widget.is_hidden:
            text = field.help_text or help_of_panels.get(name, "")
            yield name, str(field.label or ""), str(text)
    for panel in panels_below(handler):
        child = getattr(panel, "child_edit_handler", None)
        if child is not None and panel.relation_name not in WAGTAILS_OWN:
            yield from form_fields(child)


def block_fields(block: blocks.Block) -> Iterator[tuple[str, str, str]]:
    if isinstance(block, ImageBlock):
        return  # Wagtail's own three fields.
    if isinstance(block, blocks.ListBlock):
        yield from block_fields(block.child_block)
    elif isinstance(block, blocks.BaseStructBlock | blocks.BaseStreamBlock):
        for child in block.child_blocks.values():
            yield from block_fields(child)
    else:
        yield block.name, str(block.label), str(block.field.help_text or "")


def without_help(fields: Iterator[tuple[str, str, str]]) -> set[tuple[str, str]]:
    return {
        (name, label)
        for name, label, text in fields
        if not text and name not in EXPLAINED_NEARBY and label not in SPEAKS_FOR_ITSELF
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "handler"), ours())
def test_every_field_of_a_form_says_what_it_is_for(model: Any, handler: Any) -> None:
    fields = list(form_fields(handler))
    assert without_help(iter(fields)) == set()
    for _name, label, text in fields:
        assert re.match(r"[A-ZÄÖÜ“]", label), label
        assert "_" not in label + text


@pytest.mark.parametrize("form_class", [CodeForm, FirstCodeForm, PasswordForm])
def test_every_field_of_a_second_factor_says_what_it_is_for(form_class: type[Form]) -> None:
    """Its forms stand in pages of their own, which no editor's panels lead to."""
    for field in form_class.base_fields.values():
        assert re.match(r"[A-Z]", str(field.label))
        assert str(field.help_text).endswith(".")


def streams() -> list[Any]:
    return [
        pytest.param(field, id=f"{model.__name__}.{field.name}")
        for model in dict.fromkeys(model for model, _handler in edit_handlers())
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("field", streams())
def test_every_field_of_a_block_says_what_it_is_for(field: StreamField) -> None:
    fields = list(block_fields(field.stream_block))
    assert without_help(iter(fields)) == set()
    assert not [label for _name, label, text in fields if "_" in label + text]


@pytest.mark.parametrize("field", streams())
def test_every_block_of_a_stream_has_a_picture_and_a_description(field: StreamField) -> None:
    for block in field.stream_block.child_blocks.values():
        assert block.meta.icon != "placeholder", block.name
        if field.name == "body":
            assert str(block.meta.description), block.name


def test_the_walk_finds_a_field_without_help() -> None:
    class Silent(blocks.StructBlock):
        weight = blocks.IntegerBlock()

    assert without_help(block_fields(Silent())) == {("weight", "Weight")}
