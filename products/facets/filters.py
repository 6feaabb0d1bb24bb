"""What a shopper filters by, as an address says it: reading it, and writing it anew. Pure.

Whatever is no filter of this list is passed over: an address may be old, or typed by a robot.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from products.facets.index import SCALE, Facet
from products.rules import ProductOrder

MAX_NUMBER_LENGTH = 12
PRICE = "price"
IN_STOCK = "in_stock"
YES = "1"

Range = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Filters:
    """`values` are slugs by the code of their facet. `order` is None for the list's own."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    order: ProductOrder | None = None
    query: str = ""

    def __bool__(self) -> bool:
        """Whether anything narrows the list down; words searched for and an order do not."""
        return bool(self.values or self.ranges or self.flags)

    def without_value(self, code: str, slug: str) -> "Filters":
        left = tuple(one for one in self.values.get(code, ()) if one != slug)
        others = {key: slugs for key, slugs in self.values.items() if key != code}
        return replace(self, values={**others, code: left} if left else others)

    def without_range(self, code: str) -> "Filters":
        return replace(self, ranges={key: r for key, r in self.ranges.items() if key != code})

    def without_flag(self, code: str) -> "Filters":
        return replace(self, flags=self.flags - {code})

    def without_any(self) -> "Filters":
        return Filters(order=self.order, query=self.query)

    def encoded(self, **more: str) -> str:
        """The query of an address, always the same for the same filters; "?" for none."""
        pairs = [*self._pairs(), *more.items()]
        return f"?{urlencode(pairs)}"

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.query:
            yield "q", self.query
        for code, slugs in sorted(self.values.items()):
            yield from ((code, slug) for slug in sorted(slugs))
        for code, (minimum, maximum) in sorted(self.ranges.items()):
            if minimum is not None:
                yield f"{code}_min", f"{minimum:f}"
            if maximum is not None:
                yield f"{code}_max", f"{maximum:f}"
        yield from ((code, YES) for code in sorted(self.flags))
        if self.order:
            yield "sort", self.order.value


class Parameters:
    """The part of a QueryDict that is needed; a plain dict of lists does as well."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = lists

    def all(self, name: str) -> list[str]:
        return list(self._lists.get(name, ()))

    def last(self, name: str) -> str:
        return (self.all(name) or [""])[-1]


def read_filters(parameters: Parameters, facets: Iterable[Facet], *, query: str = "") -> Filters:
    values: dict[str, tuple[str, ...]] = {}
    ranges: dict[str, Range] = {}
    flags: set[str] = {IN_STOCK} if parameters.last(IN_STOCK) == YES else set()
    _read_range(parameters, PRICE, ranges)
    for facet in facets:
        if facet.kind == "number":
            _read_range(parameters, facet.code, ranges)
        elif facet.kind == "flag" and parameters.last(facet.code) == YES:
            flags.add(facet.code)
        elif slugs := {slug for slug in parameters.all(facet.code) if slug in facet.values}:
            values[facet.code] = tuple(sorted(slugs))
    return Filters(values, ranges, frozenset(flags), _order(parameters.last("sort")), query)


def scaled(number: Decimal | None) -> int | None:
    """As the index holds numbers."""
    return None if number is None else round(number * SCALE)


def _read_range(parameters: Parameters, code: str, ranges: dict[str, Range]) -> None:
    minimum, maximum = (
        _number(parameters.last(f"{code}_min")),
        _number(parameters.last(f"{code}_max")),
    )
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum, maximum = maximum, minimum
    if minimum is not None or maximum is not None:
        ranges[code] = minimum, maximum


def _number(text: str) -> Decimal | None:
    """A number as people type it, with a comma or a point; None for anything else."""
    text = text.strip().replace(",", ".")
    if not text or len(text) > MAX_NUMBER_LENGTH:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number.normalize() if number.is_finite() and 0 <= number < 10**9 else None


def _order(text: str) -> ProductOrder | None:
    return ProductOrder(text) if text in ProductOrder.values else None
