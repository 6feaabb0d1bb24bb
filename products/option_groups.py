"""The options of a product as groups to choose from: one for Glaze, one for Size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from products.option_choice import Combination, Values


@dataclass(frozen=True)
class OptionValue:
    """`is_gone` when no variant with it can be bought: then it cannot be chosen."""

    value: str
    is_chosen: bool
    is_gone: bool


@dataclass(frozen=True)
class OptionGroup:
    """`field` is its name in the form."""

    name: str
    field: str
    values: tuple[OptionValue, ...]


def option_groups(
    names: Sequence[str], combinations: Sequence[Combination], *, chosen: Values
) -> tuple[OptionGroup, ...]:
    """Nothing for a product with less than two options, whose variants are one list, and for one
    whose variants do not say all of theirs. Values stand in the order of the variants."""
    if len(names) < 2 or any(len(one.option_values) != len(names) for one in combinations):
        return ()
    return tuple(
        OptionGroup(name, field_of(position), _values(position, combinations, chosen))
        for position, name in enumerate(names)
    )


def field_of(position: int) -> str:
    return f"option{position + 1}"


def _values(
    position: int, combinations: Sequence[Combination], chosen: Values
) -> tuple[OptionValue, ...]:
    buyable = {one.option_values[position] for one in combinations if one.is_buyable}
    every = dict.fromkeys(one.option_values[position] for one in combinations)
    wanted = chosen[position] if position < len(chosen) else None
    return tuple(OptionValue(value, value == wanted, value not in buyable) for value in every)
