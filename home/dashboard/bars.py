"""Bars of a chart, in whole steps. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HEIGHT = 100
STEP = 10  # From one bar to the next, with the distance between them.
WIDTH = 7


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int
    width: int = WIDTH


def bars_of(amounts: Sequence[Decimal]) -> list[Bar]:
    """One for each amount, upright, the highest as high as the chart."""
    return [
        Bar(x=number * STEP, y=HEIGHT - height, height=height)
        for number, height in enumerate(lengths_of(amounts))
    ]


def lengths_of(amounts: Sequence[Decimal]) -> list[int]:
    """One for each amount, in hundredths of the longest. What is more than nothing is seen."""
    longest = max(amounts, default=Decimal(0))
    return [max(1, round(one * HEIGHT / longest)) if one > 0 else 0 for one in amounts]


def chart_width(count: int) -> int:
    return max(0, count * STEP - (STEP - WIDTH))
