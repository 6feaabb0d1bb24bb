"""The blocks of a stream that sell something, and which products they name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail import blocks

from products.models import ProductPage
from products.product_states import ProductState
from shopsite.cms.stored_streams import Leaf, blocks_within, chooses

# Fields of a block: its product, what to do when it cannot be bought, and the other product.
PRODUCT, WHEN_GONE, SUBSTITUTE, KEEP = "product", "when_gone", "substitute", "badge"


@dataclass(frozen=True)
class ProductUse:
    """A place of a block that names a product. `substitute_id` is the product that is shown when
    that one cannot be bought, if the editor named one for it."""

    path: str
    page_id: int
    substitute_id: int | None = None

    @property
    def page_ids(self) -> set[int]:
        return {self.page_id} | ({self.substitute_id} if self.substitute_id else set())

    def sells(self, states: Mapping[int, ProductState]) -> bool:
        return any(states[page_id].is_buyable for page_id in self.page_ids)


@dataclass(frozen=True)
class SellingBlock:
    """A block of a stream that shows products. `is_open`: it also shows products nobody named one
    by one, such as a collection's or those of a rule, so that it is never dead for certain."""

    path: str
    label: str
    uses: tuple[ProductUse, ...]
    is_open: bool = False


def sells_nothing(content: Iterable[SellingBlock], states: Mapping[int, ProductState]) -> bool:
    """Whether content was made to sell and no block of it can. Pure."""
    content = list(content)
    return bool(content) and not any(
        block.is_open or any(use.sells(states) for use in block.uses) for block in content
    )


def selling_blocks(leaves: Iterable[Leaf]) -> list[SellingBlock]:
    """In reading order. A block that could show products but names none is none of them, unless it
    finds them by a rule."""
    found = []
    for path, members in _by_block(leaves).items():
        uses = tuple(
            ProductUse(leaf.content_path, int(leaf.value), _substitute(leaf))
            for leaf in members
            if is_product_chooser(leaf.block) and leaf.value and leaf.name != SUBSTITUTE
        )
        top = members[0].top
        is_open = any(_is_shelf(leaf) or _is_rule(leaf) for leaf in members)
        if uses or is_open:
            found.append(SellingBlock(".".join(path), str(top.label), uses, is_open))
    return found


def is_product_chooser(block: blocks.Block) -> bool:
    return chooses(block, ProductPage)


def can_sell(block: blocks.Block) -> bool:
    """Whether a kind of block can show products at all."""
    return any(
        is_product_chooser(one) or _chooses_shelf(one) or _finds_products(one)
        for one in blocks_within(block)
    )


def selling_block_names(stream: blocks.StreamBlock) -> set[str]:
    """How the stream stores the kinds of blocks that can show products."""
    return {name for name, block in stream.child_blocks.items() if can_sell(block)}


def _by_block(leaves: Iterable[Leaf]) -> dict[tuple[str, ...], list[Leaf]]:
    """The leaves of each block of the stream that can sell, under its path."""
    found: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in leaves:
        if can_sell(leaf.top):
            found.setdefault(leaf.path[:2], []).append(leaf)
    return found


def _chooses_shelf(block: blocks.Block) -> bool:
    """A chooser of pages that show many products and say so with `shows_products`."""
    model: Any = block.model_class if isinstance(block, blocks.ChooserBlock) else None
    return bool(getattr(model, "shows_products", False))


def _substitute(leaf: Leaf) -> int | None:
    if leaf.beside.get(WHEN_GONE) != SUBSTITUTE:
        return None
    return leaf.beside.get(SUBSTITUTE) or None


def _finds_products(block: blocks.Block | None) -> bool:
    """A block that finds products itself, by a rule, says so with `finds_products`."""
    return bool(getattr(block, "finds_products", False))


def _is_rule(leaf: Leaf) -> bool:
    """Whether a leaf belongs to such a block: to the one in the stream, or to a field of it."""
    fields = getattr(leaf.top, "child_blocks", {})
    names = leaf.path[2:3]
    return _finds_products(leaf.top) or any(_finds_products(fields.get(name)) for name in names)


def _is_shelf(leaf: Leaf) -> bool:
    return bool(leaf.value) and _chooses_shelf(leaf.block)


def page_ids_of(content: Iterable[SellingBlock]) -> set[int]:
    return {page_id for block in content for use in block.uses for page_id in use.page_ids}


def dead_uses(
    block: SellingBlock, states: Mapping[int, ProductState]
) -> Iterator[tuple[ProductUse, ProductState]]:
    for use in block.uses:
        if not use.sells(states):
            yield use, states[use.page_id]
