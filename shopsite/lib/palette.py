"""A shop's own colors: three for light and three for dark, and every other token made of them.

A palette travels in the address of its stylesheet, so that serving it asks nobody, a browser may
keep it for ever, and a page kept by a cache goes on finding the colors it was made with.
"""

from collections.abc import Mapping
from colorsys import rgb_to_hls
from dataclasses import astuple, dataclass

from shopsite.lib.contrast import (
    BLACK,
    CONTROL_RATIO,
    HEX_COLOR,
    WHITE,
    can_be_read,
    channels,
    contrast,
    is_light,
    mix,
    nearest_readable,
    text_on,
)

MENU_RATIO = 7.0  # Words in a menu are white with some of its color in them.
ADMIN_DARK = ("#1f1f1f", "#262626", "#333333")  # What links of Wagtail's dark admin stand on.

# Of tokens.css: paper and ink can be changed, and these have to stay readable on them.
STATES = {
    "light": {"success": "#2b5d3d", "warning": "#84470f", "danger": "#9b2a1d"},
    "dark": {"success": "#a9cba6", "warning": "#e8b67f", "danger": "#f4a698"},
}


@dataclass(frozen=True)
class Scheme:
    """What is printed on what: three colors like "#2f5640"."""

    accent: str
    paper: str
    ink: str


@dataclass(frozen=True)
class Palette:
    light: Scheme
    dark: Scheme


@dataclass(frozen=True)
class WeakPair:
    """A color that cannot be read on its paper. `suggestion` can, and is as near as possible; it is
    None where the paper itself is in the way."""

    name: str
    color: str
    ratio: float
    suggestion: str | None


# As tokens.css has them; a test compares the two.
DEFAULT_PALETTE = Palette(
    light=Scheme(accent="#2f5640", paper="#fbf8f2", ink="#23201a"),
    dark=Scheme(accent="#a9cba6", paper="#181713", ink="#f0eadf"),
)


def weak_pairs(scheme: Scheme) -> list[WeakPair]:
    """The texts that cannot be read on each kind of paper. The ratio is on the worst of them."""
    papers = _papers(scheme)
    found = []
    for name, color in (("ink", scheme.ink), ("accent", scheme.accent)):
        if not can_be_read(color, *papers):
            ratio = min(contrast(color, paper) for paper in papers)
            found.append(WeakPair(name, color, ratio, nearest_readable(color, *papers)))
    return found


def tokens(scheme: Scheme) -> dict[str, str]:
    """Every color of tokens.css for one of the two schemes, which has no weak pairs."""
    light = is_light(scheme.paper)
    papers = _papers(scheme)
    paper, tinted, raised = papers
    soft = mix(scheme.ink, paper, 0.28)
    strong = mix(scheme.accent, scheme.ink, 0.35)
    line_strong = mix(paper, scheme.ink, 0.5)
    band = scheme.accent if light else mix(scheme.accent, paper, 0.7)
    return {
        "paper": paper,
        "paper-tinted": tinted,
        "paper-raised": raised,
        "ink": scheme.ink,
        "ink-soft": nearest_readable(soft, *papers) or scheme.ink,
        "line": mix(paper, scheme.ink, 0.14),
        "line-strong": nearest_readable(line_strong, *papers, ratio=CONTROL_RATIO) or scheme.ink,
        "accent": scheme.accent,
        "accent-strong": nearest_readable(strong, *papers) or scheme.ink,
        "accent-ink": text_on(scheme.accent, paper),
        "accent-tinted": _tinted(scheme, scheme.accent),
        "band": band,
        "band-ink": text_on(band, paper, scheme.ink),
        "band-tinted": tinted,
        **_states(scheme),
        "focus": scheme.accent,
    }


def named_tokens(scheme: Scheme) -> dict[str, str]:
    """The same with names that a template can say: `paper_tinted`."""
    return {name.replace("-", "_"): color for name, color in tokens(scheme).items()}


def stylesheet(palette: Palette) -> str:
    """The rules that take the place of the colors of tokens.css: they stand in no layer."""
    light, dark = tokens(palette.light), tokens(palette.dark)
    lines = [f"  --{name}: light-dark({light[name]}, {dark[name]});" for name in light]
    return "\n".join([":root {", *lines, "}", ""])


def admin_rules(palette: Palette) -> str:
    """What makes Wagtail's admin the shop's: the accent in menu, buttons and links, as dark as the
    white words on it need it. Wagtail makes most other shades of these three numbers; those that
    it takes for dark screens and for tinted places would lose the color, and are named."""
    accent = nearest_readable(palette.light.accent, WHITE, ratio=MENU_RATIO) or BLACK
    red, green, blue = (channel / 255 for channel in channels(accent))
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    numbers = {
        "hue": f"{hue * 360:.1f}",
        "saturation": f"{saturation:.1%}",
        "lightness": f"{lightness:.1%}",
    }
    light = {
        f"{role}-{part}": number
        for role in ("primary", "secondary")
        for part, number in numbers.items()
    }
    light |= {"secondary-75": mix(accent, WHITE, 0.7), "secondary-50": mix(accent, WHITE, 0.93)}
    link = nearest_readable(palette.dark.accent, *ADMIN_DARK) or WHITE
    dark = {"secondary-100": link, "secondary-75": mix(link, WHITE, 0.4)}
    return "\n".join(
        [
            _admin_rule(":root", light),
            _admin_rule(".w-theme-dark", dark),
            "@media (prefers-color-scheme: dark) {",
            _admin_rule(".w-theme-system", dark),
            "}",
            ".shop-sign { border-radius: 22%; }",
            "",
        ]
    )


def _admin_rule(selector: str, colors: Mapping[str, str]) -> str:
    lines = [f"  --w-color-{name}: {value};" for name, value in colors.items()]
    return "\n".join([f"{selector} {{", *lines, "}"])


def encode(palette: Palette) -> str:
    """As a part of an address: six colors, without their signs."""
    colors = (*astuple(palette.light), *astuple(palette.dark))
    return "-".join(color.removeprefix("#") for color in colors)


def decode(text: str) -> Palette | None:
    """The palette of an address; None for anything that `encode` would not write."""
    colors = [f"#{part}" for part in text.split("-")]
    if len(colors) != 6 or not all(HEX_COLOR.fullmatch(color) for color in colors):
        return None
    return Palette(Scheme(*colors[:3]), Scheme(*colors[3:]))


def _papers(scheme: Scheme) -> tuple[str, str, str]:
    """Plain, tinted and raised: what texts stand on."""
    paper = scheme.paper
    if is_light(paper):
        return paper, mix(paper, BLACK, 0.04), mix(paper, WHITE, 0.6)
    return paper, mix(paper, WHITE, 0.04), mix(paper, WHITE, 0.06)


def _tinted(scheme: Scheme, color: str) -> str:
    """The paper with as much of the color in it as the ink allows."""
    shades = (mix(scheme.paper, color, share / 100) for share in range(12, 0, -2))
    return next((shade for shade in shades if can_be_read(scheme.ink, shade)), scheme.paper)


def _states(scheme: Scheme) -> dict[str, str]:
    found = {}
    for name, color in STATES["light" if is_light(scheme.paper) else "dark"].items():
        found[f"{name}-tinted"] = shade = _tinted(scheme, color)
        found[name] = nearest_readable(color, *_papers(scheme), shade) or scheme.ink
    return found
