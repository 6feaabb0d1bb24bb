"""Live content that sells nothing: it was made to sell, and no block of it can any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from products.models import ProductPage
from products.product_states import ProductState, product_states
from products.selling_blocks import (
    ProductUse,
    SellingBlock,
    dead_uses,
    page_ids_of,
    selling_block_names,
    selling_blocks,
    sells_nothing,
)
from shopsite.cms.reference_sources import content_models
from shopsite.cms.stored_streams import leaves_of, stored, stream_fields


@dataclass(frozen=True)
class DeadUse:
    """One product that cannot be bought, and the block that shows it."""

    block: str
    use: ProductUse
    state: ProductState


@dataclass(frozen=True)
class DeadContent:
    """A live page or snippet. `sells_nothing` is False when some other block still can."""

    model: type[models.Model]
    pk: Any
    title: str
    sells_nothing: bool
    uses: tuple[DeadUse, ...]

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name).capitalize()


@dataclass(frozen=True)
class _Content:
    model: type[models.Model]
    pk: Any
    title: str
    blocks: list[SellingBlock]


def dead_content(*, also_partly: bool = False) -> list[DeadContent]:
    """In the order of their names. One query for each kind of content and 5 for the products.

    With `also_partly` also content in which some products cannot be bought and others can.
    """
    content = [one for model in content_models() for one in _live_content(model)]
    states = product_states({pk for one in content for pk in _page_ids(one)})
    found = [_judged(one, states) for one in content]
    kept = [one for one in found if one.uses and (also_partly or one.sells_nothing)]
    return sorted(kept, key=lambda one: (one.title.casefold(), one.kind))


def _judged(content: _Content, states: dict[int, ProductState]) -> DeadContent:
    uses = tuple(
        DeadUse(block.label, use, state)
        for block in content.blocks
        for use, state in dead_uses(block, states)
    )
    # A page of a product sells that one, whatever its blocks show beside it.
    own = states.get(content.pk) if issubclass(content.model, ProductPage) else None
    is_dead = sells_nothing(content.blocks, states) and not (own and own.is_buyable)
    return DeadContent(content.model, content.pk, content.title, is_dead, uses)


def _page_ids(content: _Content) -> set[int]:
    own = {content.pk} if issubclass(content.model, ProductPage) else set()
    return page_ids_of(content.blocks) | own


def _live_content(model: type[models.Model]) -> Iterator[_Content]:
    """Content of one kind that has product blocks. What has none is not even fetched."""
    fields = [field for field in stream_fields(model) if selling_block_names(_stream(field))]
    if not fields:
        return
    for instance in _with_selling_blocks(model, fields):
        blocks = [
            block
            for field in fields
            for block in selling_blocks(leaves_of(field, stored(getattr(instance, field.name))))
        ]
        if blocks:
            yield _Content(model, instance.pk, str(instance), blocks)


def _with_selling_blocks(
    model: type[models.Model], fields: list[models.Field]
) -> QuerySet[models.Model]:
    names_them = Q()
    rows = model._default_manager.all()
    if hasattr(model, "live"):
        rows = rows.filter(live=True)
    for field in fields:
        text = f"{field.name}_as_text"
        rows = rows.annotate(**{text: Cast(field.name, TextField())})
        for name in selling_block_names(_stream(field)):
            names_them |= Q(**{f"{text}__contains": f'"{name}"'})
    return rows.filter(names_them)


def _stream(field: models.Field) -> Any:
    return field.stream_block  # type: ignore[attr-defined]
