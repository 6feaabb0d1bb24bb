"""What the product blocks show, made of what they store and what the shelf holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from products.availability import MAX_QUANTITY
from products.blocks.wanted import ProductSource
from products.fallbacks import BADGE, Shown, choose_shown
from products.listing import Choice
from products.shelf import Shelf, ShelfProduct
from shopsite.lib.money import Money, sum_money

Pick = Shown[ShelfProduct]


@dataclass(frozen=True)
class Picks:
    """`left_out` names what was chosen and is not shown: news for the editor, not for shoppers."""

    shown: tuple[Pick, ...]
    left_out: tuple[str, ...]


def pick(choice: Mapping[str, Any], shelf: Shelf) -> Pick | None:
    """`choice` is the value of a ProductChoiceBlock."""
    return choose_shown(
        shelf.find(_page_id(choice.get("product"))),
        when_gone=choice.get("when_gone") or BADGE,
        substitute=shelf.find(_page_id(choice.get("substitute"))),
    )


def pick_all(choices: Iterable[Mapping[str, Any]], shelf: Shelf) -> Picks:
    """In their order; each product once, also when it stands in for another one."""
    shown: dict[int, Pick] = {}
    left_out = []
    for choice in choices:
        found = pick(choice, shelf)
        if found is None:
            left_out.append(title_of(choice))
        else:
            shown.setdefault(found.product.page_id, found)
    return Picks(tuple(shown.values()), tuple(title for title in left_out if title))


def pick_grid(
    choices: Iterable[Mapping[str, Any]],
    source: ProductSource | None,
    shelf: Shelf,
    *,
    limit: int | None = None,
) -> Picks:
    """What was chosen by hand and then what the source holds, `limit` at most."""
    picks = pick_all(choices, shelf)
    shown = {one.product.page_id: one for one in picks.shown}
    for product in shelf.products_of(source) if source else ():
        shown.setdefault(product.page_id, Shown(product))
    return Picks(tuple(shown.values())[:limit], picks.left_out)


def title_of(choice: Mapping[str, Any]) -> str:
    product = choice.get("product")
    return product.title if product else ""


@dataclass(frozen=True)
class Point:
    """A place on a picture, in percent of its width and height, and what is sold there."""

    number: int
    x: int
    y: int
    pick: Pick


def points_of(choices: Iterable[Mapping[str, Any]], shelf: Shelf) -> list[Point]:
    """Numbered without gaps: what is left out takes no number."""
    found = [(choice, pick(choice, shelf)) for choice in choices]
    present = [(choice, one) for choice, one in found if one is not None]
    return [
        Point(number, choice.get("x") or 0, choice.get("y") or 0, one)
        for number, (choice, one) in enumerate(present, start=1)
    ]


@dataclass(frozen=True)
class BasketLine:
    """One product of a story basket; `number` ties its fields together in the form."""

    number: int
    pick: Pick
    note: str
    wanted: int
    is_optional: bool

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.pick.product.listing.choices

    @property
    def selected(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_selected), None)

    @property
    def is_buyable(self) -> bool:
        return self.selected is not None

    @property
    def max_quantity(self) -> int:
        return self.pick.product.listing.max_quantity

    @property
    def quantity(self) -> int:
        """What is wanted, or what there is of it."""
        return min(self.wanted, self.max_quantity, MAX_QUANTITY)


@dataclass(frozen=True)
class Basket:
    lines: tuple[BasketLine, ...]
    left_out: tuple[str, ...]

    @property
    def buyable(self) -> list[BasketLine]:
        return [line for line in self.lines if line.is_buyable]

    @property
    def total(self) -> Money:
        """Of what goes into the cart unless the shopper changes something."""
        sums = (
            line.selected.price * line.quantity
            for line in self.buyable
            if line.selected and not line.is_optional
        )
        return sum_money(sums, settings.SHOP_CURRENCY)

    @property
    def has_options(self) -> bool:
        return any(line.is_optional for line in self.buyable)


def basket_of(items: Iterable[Mapping[str, Any]], shelf: Shelf) -> Basket:
    lines, left_out = [], []
    for number, item in enumerate(items, start=1):
        found = pick(item, shelf)
        if found is None:
            left_out.append(title_of(item))
            continue
        lines.append(
            BasketLine(
                number=number,
                pick=found,
                note=item.get("note") or "",
                wanted=item.get("quantity") or 1,
                is_optional=bool(item.get("is_optional")),
            )
        )
    return Basket(tuple(lines), tuple(title for title in left_out if title))


@dataclass(frozen=True)
class ComparisonRow:
    name: str
    labels: tuple[str, ...]  # One for each product; empty where it has no answer.


def compare(
    products: Sequence[ShelfProduct], shelf: Shelf, *, only_differences: bool
) -> list[ComparisonRow]:
    """A row for each detail that any of the products has, in the order of the attributes."""
    names: dict[int, tuple[int, str]] = {}
    labels: list[dict[int, str]] = []
    for product in products:
        values = shelf.details_of(product)
        labels.append({value.attribute_id: value.label for value in values})
        for value in values:
            names[value.attribute_id] = (value.attribute.sort_order, value.attribute.name)
    rows = [
        ComparisonRow(names[key][1], tuple(answers.get(key, "") for answers in labels))
        for key in sorted(names, key=lambda key: names[key])
    ]
    return [row for row in rows if not only_differences or len(set(row.labels)) > 1]


def _page_id(page: Any) -> int | None:
    return page.pk if page is not None else None
