"""A shopper's choice of one value for each option: which variant it is, and if none, why. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

Values = tuple[str, ...]


class Combination(Protocol):
    """A variant as far as it matters here."""

    @property
    def option_values(self) -> Values: ...

    @property
    def is_buyable(self) -> bool: ...


C = TypeVar("C", bound=Combination)


class WrongCombination(ValueError):
    """Its text tells the shopper what is wrong with the choice, and what there is instead."""


def find_combination(combinations: Sequence[C], *, names: Sequence[str], chosen: Values) -> C:
    """The one with the chosen values. Raises WrongCombination unless it can be bought."""
    for position, name in enumerate(names):
        known = {one.option_values[position] for one in combinations}
        if chosen[position] not in known:
            raise WrongCombination(_("Please choose one: %(option)s.") % {"option": name})
    words = words_of(chosen)
    found = next((one for one in combinations if one.option_values == chosen), None)
    if found is None:
        others = _others(combinations, chosen, lambda one: True)
        raise WrongCombination(not_made_text(words, others))
    if not found.is_buyable:
        others = _others(combinations, chosen, lambda one: one.is_buyable)
        raise WrongCombination(sold_out_text(words, others))
    return found


def words_of(values: Values) -> str:
    """A combination as one says it: "Moss in 1 l"."""
    rest = " / ".join(values[1:])
    return _("%(first)s in %(rest)s") % {"first": values[0], "rest": rest} if rest else values[0]


def not_made_text(words: str, others: str) -> str:
    """`others` is what the first value comes in."""
    return _("%(words)s is not made. It comes in %(others)s.") % {"words": words, "others": others}


def sold_out_text(words: str, others: str) -> str:
    """`others` is what there still is of the first value; empty for nothing."""
    if not others:
        return _("%(words)s is sold out.") % {"words": words}
    return _("%(words)s is sold out. There is still %(others)s.") % {
        "words": words,
        "others": others,
    }


def _others(combinations: Iterable[C], chosen: Values, is_meant: Callable[[C], bool]) -> str:
    same = (one for one in combinations if one.option_values[0] == chosen[0] and is_meant(one))
    return ", ".join(" / ".join(one.option_values[1:]) for one in same)
