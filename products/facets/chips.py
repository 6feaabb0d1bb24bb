"""The filters in use, each with the address without it. Pure but for the currency's words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import gettext as _

from products.facets.filters import PRICE, Filters
from products.facets.shapes import Group
from shopsite.lib.money import Money, active_locale


@dataclass(frozen=True)
class Chip:
    """`address` is the query of the list without this filter."""

    label: str
    address: str


def chips_of(groups: Iterable[Group], filters: Filters) -> tuple[Chip, ...]:
    return tuple(chip for group in groups for chip in _chips(group, filters))


def range_label(group: Group) -> str:
    """A range in words: "20 to 40 cm", "from €20.00", "up to 300 ml"."""
    minimum, maximum = _number(group, group.minimum), _number(group, group.maximum)
    if not maximum:
        return _("from %(number)s") % {"number": minimum}
    if not minimum:
        return _("up to %(number)s") % {"number": maximum}
    return _("%(minimum)s to %(maximum)s") % {"minimum": minimum, "maximum": maximum}


def _chips(group: Group, filters: Filters) -> Iterator[Chip]:
    name = group.name
    if not group.is_active:
        return
    if group.kind == "range":
        label = _("%(name)s: %(value)s") % {"name": name, "value": range_label(group)}
        yield Chip(label, filters.without_range(group.code).encoded())
    elif group.kind == "flag":
        yield Chip(name, filters.without_flag(group.code).encoded())
    else:
        for option in group.options:
            if option.is_selected:
                label = _("%(name)s: %(value)s") % {"name": name, "value": option.label}
                yield Chip(label, filters.without_value(group.code, option.slug).encoded())


def _number(group: Group, number: Decimal | None) -> str:
    if number is None:
        return ""
    if group.code == PRICE:
        return str(Money(number, settings.SHOP_CURRENCY))
    return f"{format_decimal(number, locale=active_locale())} {group.unit}".strip()
