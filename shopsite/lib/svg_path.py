"""Fills the outlines of a simple SVG path on a picture: moves, lines and quadratic curves. Pure."""

import re
from collections.abc import Iterator

from PIL import Image, ImageDraw

Point = tuple[float, float]

STEPS = 12  # Of a curve.
SMOOTH = 4  # Drawn so much larger and reduced: edges without steps.
COMMAND = re.compile(r"([MLQZ])([^MLQZ]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def fill_outlines(
    canvas: Image.Image, path: str, *, scale: float, at: Point, color: tuple[int, int, int]
) -> None:
    """`path` has absolute M, L, Q and Z only; its origin comes to stand `at` the canvas."""
    mask = Image.new("L", (canvas.width * SMOOTH, canvas.height * SMOOTH))
    pen = ImageDraw.Draw(mask)
    for outline in outlines(path):
        pen.polygon(
            [((x * scale + at[0]) * SMOOTH, (y * scale + at[1]) * SMOOTH) for x, y in outline],
            fill=255,
        )
    canvas.paste(color, (0, 0), mask.resize(canvas.size, Image.Resampling.LANCZOS))


def outlines(path: str) -> Iterator[list[Point]]:
    points: list[Point] = []
    for command, arguments in COMMAND.findall(path):
        numbers = [float(number) for number in NUMBER.findall(arguments)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        match command:
            case "M" | "L":
                points += pairs
            case "Q":
                for control, end in zip(pairs[::2], pairs[1::2], strict=True):
                    points += _curve(points[-1], control, end)
            case "Z":
                yield points
                points = []


def _curve(start: Point, control: Point, end: Point) -> list[Point]:
    return [
        (_at(start[0], control[0], end[0], t), _at(start[1], control[1], end[1], t))
        for t in (step / STEPS for step in range(1, STEPS + 1))
    ]


def _at(start: float, control: float, end: float, t: float) -> float:
    return (1 - t) ** 2 * start + 2 * (1 - t) * t * control + t**2 * end
