"""The filters beside a list, with how many products each would leave. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_symbol
from django.conf import settings
from django.utils.translation import gettext as _

from products.facets.bits import SortedColumn
from products.facets.filters import IN_STOCK, PRICE, Filters, scaled
from products.facets.index import SCALE, Base, Facet, ProductIndex
from products.facets.shapes import Group, Option
from shopsite.lib.money import active_locale


@dataclass(frozen=True)
class Filtered:
    bits: int
    groups: tuple[Group, ...]


def apply_filters(index: ProductIndex, base: Base, filters: Filters) -> Filtered:
    """What is left of the list, and the groups; the counts of a group pass over its own choice,
    so that they say what one more tick would add."""
    narrowed = _narrowed(index, filters)
    bits = base.bits
    for one in narrowed.values():
        bits &= one

    def others(code: str) -> int:
        left = base.bits
        for other, one in narrowed.items():
            if other != code:
                left &= one
        return left

    return Filtered(bits, tuple(_groups(index, base, filters, others)))


def _narrowed(index: ProductIndex, filters: Filters) -> Mapping[str, int]:
    """By the code of each filter that is in use, the products that pass it."""
    narrowed = {}
    if IN_STOCK in filters.flags:
        narrowed[IN_STOCK] = index.buyable
    if PRICE in filters.ranges:
        narrowed[PRICE] = _between(index.prices, filters, PRICE)
    for facet in index.facets:
        if facet.code in filters.values:
            narrowed[facet.code] = _any_of(facet, filters.values[facet.code])
        elif facet.column is not None and facet.code in filters.ranges:
            narrowed[facet.code] = _between(facet.column, filters, facet.code)
        elif facet.kind == "flag" and facet.code in filters.flags:
            narrowed[facet.code] = facet.flag
    return narrowed


def _any_of(facet: Facet, slugs: tuple[str, ...]) -> int:
    bits = 0
    for slug in slugs:
        bits |= facet.values[slug].bits
    return bits


def _between(column: SortedColumn, filters: Filters, code: str) -> int:
    minimum, maximum = filters.ranges[code]
    return column.between(scaled(minimum), scaled(maximum))


def _groups(
    index: ProductIndex, base: Base, filters: Filters, others: Callable[[str], int]
) -> Iterator[Group]:
    """Only what can narrow this list down, or does."""
    reduced = [facet for facet in index.facets if facet.code == "reduced"]
    yield from _flag_group(IN_STOCK, _("In stock"), index.buyable, base, filters, others)
    for facet in reduced:
        yield from _flag_group(facet.code, facet.name, facet.flag, base, filters, others)
    currency = get_currency_symbol(settings.SHOP_CURRENCY, active_locale())
    yield from _range_group(PRICE, _("Price"), index.prices, currency, base, filters)
    for facet in index.facets:
        if facet in reduced:
            continue
        if facet.kind == "values":
            yield from _value_group(facet, base, filters, others)
        elif facet.column is not None:
            yield from _range_group(facet.code, facet.name, facet.column, facet.unit, base, filters)
        else:
            yield from _flag_group(facet.code, facet.name, facet.flag, base, filters, others)


def _value_group(
    facet: Facet, base: Base, filters: Filters, others: Callable[[str], int]
) -> Iterator[Group]:
    selected = filters.values.get(facet.code, ())
    left = others(facet.code)
    options = tuple(
        Option(value.slug, value.label, (left & value.bits).bit_count(), value.slug in selected)
        for value in facet.values.values()
        if base.bits & value.bits or value.slug in selected
    )
    tells_apart = any(facet.values[one.slug].bits & base.bits != base.bits for one in options)
    if selected or (options and tells_apart):
        yield Group(facet.code, facet.name, "values", options=options)


def _range_group(
    code: str, name: str, column: SortedColumn, unit: str, base: Base, filters: Filters
) -> Iterator[Group]:
    minimum, maximum = filters.ranges.get(code, (None, None))
    ends = column.ends(base.bits)
    is_active = code in filters.ranges
    if is_active or (ends and ends[0] < ends[1]):
        yield Group(
            code,
            name,
            "range",
            minimum=minimum,
            maximum=maximum,
            lowest=Decimal(ends[0]) / SCALE if ends else None,
            highest=Decimal(ends[1]) / SCALE if ends else None,
            unit=unit,
        )


def _flag_group(
    code: str,
    name: str,
    bits: int,
    base: Base,
    filters: Filters,
    others: Callable[[str], int],
) -> Iterator[Group]:
    is_selected = code in filters.flags
    within = base.bits & bits
    if is_selected or (within and within != base.bits):
        count = (others(code) & bits).bit_count()
        yield Group(code, name, "flag", options=(Option("1", name, count, is_selected),))
