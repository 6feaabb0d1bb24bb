"""What a block shows in place of a product that cannot be bought. Pure."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

HIDE = "hide"
BADGE = "badge"
SUBSTITUTE = "substitute"


class Sellable(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def is_buyable(self) -> bool: ...


T = TypeVar("T", bound=Sellable)


@dataclass(frozen=True)
class Shown(Generic[T]):
    """`stands_in_for` is the title of the product that was chosen, when another is shown."""

    product: T
    stands_in_for: str = ""


def choose_shown(
    product: T | None, *, when_gone: str, substitute: T | None = None
) -> Shown[T] | None:
    """None for nothing at all. A product that is not on the shelf (unpublished, private, deleted)
    is never shown; a substitute that cannot be bought either is no better than what was chosen."""
    if product is not None and product.is_buyable:
        return Shown(product)
    if when_gone == SUBSTITUTE and substitute is not None and substitute.is_buyable:
        return Shown(substitute, stands_in_for=product.title if product else "")
    if when_gone == HIDE or product is None:
        return None
    return Shown(product)
