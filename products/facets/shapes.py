"""What a template is given to draw the filters. Pure."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

OPTIONS_AT_ONCE = 8  # The rest is one press away.


@dataclass(frozen=True)
class Option:
    """One box to tick. `count` is how many products the list would have of it."""

    slug: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True)
class Group:
    """One filter: boxes, or two ends of a range with the `lowest` and `highest` there are."""

    code: str
    name: str
    kind: Literal["values", "range", "flag"]
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    unit: str = ""

    @property
    def is_of_no_use(self) -> bool:
        """Whatever is ticked in it, nothing would be left of the list."""
        return not any(option.count or option.is_selected for option in self.options)

    @property
    def first_options(self) -> tuple[Option, ...]:
        return () if self.is_of_no_use else self.options[:OPTIONS_AT_ONCE]

    @property
    def more_options(self) -> tuple[Option, ...]:
        return self.options[len(self.first_options) :]

    @property
    def is_more_open(self) -> bool:
        return any(option.is_selected for option in self.more_options)

    @property
    def lowest_text(self) -> str:
        return _rounded(self.lowest, ROUND_FLOOR)

    @property
    def highest_text(self) -> str:
        return _rounded(self.highest, ROUND_CEILING)

    @property
    def is_active(self) -> bool:
        ends = self.minimum is not None or self.maximum is not None
        return ends or any(option.is_selected for option in self.options)


def _rounded(number: Decimal | None, rounding: str) -> str:
    """As one would type it: whole, and wide enough to hold everything."""
    return "" if number is None else f"{number.to_integral_value(rounding)}"
