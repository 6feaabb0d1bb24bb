"""Colors as WCAG 2.2 counts them: how well one can be read on another, and the nearest that can."""

import re

HEX_COLOR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
TEXT_RATIO = 4.5
CONTROL_RATIO = 3.0
BLACK, WHITE = "#000000", "#ffffff"
STEPS = 100


def contrast(first: str, second: str) -> float:
    """From 1 to 21, whichever of the two is the text. Colors are "#rrggbb" in small letters."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def can_be_read(color: str, *backgrounds: str, ratio: float = TEXT_RATIO) -> bool:
    return all(contrast(color, background) >= ratio for background in backgrounds)


def mix(color: str, other: str, share: float) -> str:
    """The color with a share (0 to 1) of the other in it."""
    parts = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)


def nearest_readable(color: str, *backgrounds: str, ratio: float = TEXT_RATIO) -> str | None:
    """The color itself where it can be read; otherwise with as little black or white in it as it
    needs. None when neither is enough: the backgrounds lie too far apart."""
    for step in range(STEPS + 1):
        for other in (BLACK, WHITE):
            candidate = mix(color, other, step / STEPS)
            if can_be_read(candidate, *backgrounds, ratio=ratio):
                return candidate
    return None


def text_on(background: str, *candidates: str) -> str:
    """The first candidate that can be read; black or white where there is none. One of these two
    always can: they meet at 4.58."""
    best = max((BLACK, WHITE), key=lambda color: contrast(color, background))
    return next((color for color in candidates if can_be_read(color, background)), best)


def is_light(color: str) -> bool:
    return contrast(color, BLACK) > contrast(color, WHITE)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # float() because a power of floats may be a complex number to a type checker.
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def channels(color: str) -> tuple[int, int, int]:
    if not HEX_COLOR.fullmatch(color):
        raise ValueError(f"{color!r} is not a color like #2f5640.")
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
