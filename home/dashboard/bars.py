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
    """One for each amount, the highest as high as the chart. What is more than nothing is seen."""
    highest = max(amounts, default=Decimal(0))
    bars = []
    for number, amount in enumerate(amounts):
        height = max(1, round(amount * HEIGHT / highest)) if amount > 0 else 0
        bars.append(Bar(x=number * STEP, y=HEIGHT - height, height=height))
    return bars


def chart_width(count: int) -> int:
    return max(0, count * STEP - (STEP - WIDTH))
