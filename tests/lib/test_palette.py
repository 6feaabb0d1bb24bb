import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from shopsite.lib.contrast import contrast
from shopsite.lib.palette import (
    DEFAULT_PALETTE,
    STATES,
    Scheme,
    decode,
    encode,
    stylesheet,
    tokens,
    weak_pairs,
)

TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css").read_text(encoding="utf-8")
COLOR_RULE = re.compile(r"--([\w-]+): light-dark\((#\w+, #\w+)\);")
COLOR_TOKENS = dict(COLOR_RULE.findall(TOKENS))
LIGHT, DARK = DEFAULT_PALETTE.light, DEFAULT_PALETTE.dark

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TEXTS = ("ink", "ink-soft", "accent", "accent-strong", "success", "warning", "danger")
PAPERS = ("paper", "paper-tinted", "paper-raised")


def test_the_default_palette_is_that_of_the_stylesheet() -> None:
    for name in ("accent", "paper", "ink"):
        assert COLOR_TOKENS[name] == f"{getattr(LIGHT, name)}, {getattr(DARK, name)}"
    for name, light in STATES["light"].items():
        assert COLOR_TOKENS[name] == f"{light}, {STATES['dark'][name]}"


def test_a_palette_sets_every_color_of_the_stylesheet() -> None:
    assert set(tokens(LIGHT)) == set(COLOR_TOKENS)
    found = dict(COLOR_RULE.findall(stylesheet(DEFAULT_PALETTE)))
    assert set(found) == set(COLOR_TOKENS)
    assert found["accent"] == "#2f5640, #a9cba6"


def test_the_default_palette_has_no_weak_pair() -> None:
    assert weak_pairs(LIGHT) == []
    assert weak_pairs(DARK) == []


def test_a_pale_accent_is_weak_and_its_suggestion_is_not() -> None:
    [pair] = weak_pairs(replace(LIGHT, accent="#e07a2f"))
    assert (pair.name, pair.color, round(pair.ratio, 2)) == ("accent", "#e07a2f", 2.59)
    assert pair.suggestion == "#a15822"
    assert weak_pairs(replace(LIGHT, accent=pair.suggestion)) == []


def test_ink_that_is_nearly_paper_is_weak() -> None:
    [pair] = weak_pairs(replace(DARK, ink="#333333"))
    assert pair.name == "ink"
    assert pair.suggestion is not None
    assert weak_pairs(replace(DARK, ink=pair.suggestion)) == []


@given(paper=colors, ink=colors, accent=colors)
def test_whatever_is_made_of_a_palette_without_weak_pairs_can_be_read(
    paper: str, ink: str, accent: str
) -> None:
    first = Scheme(accent=accent, paper=paper, ink=ink)
    better = {pair.name: pair.suggestion for pair in weak_pairs(first)}
    assume(None not in better.values())
    scheme = replace(first, **better)
    assert weak_pairs(scheme) == []
    found = tokens(scheme)
    for text in TEXTS:
        for background in PAPERS:
            assert contrast(found[text], found[background]) >= 4.5, (text, background)
    for text, background in (
        ("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("band-ink", "band"),
        ("ink", "accent-tinted"), ("ink", "success-tinted"), ("success", "success-tinted"),
        ("warning", "warning-tinted"), ("danger", "danger-tinted"),
    ):  # fmt: skip
        assert contrast(found[text], found[background]) >= 4.5, (text, background)
    for background in PAPERS:
        assert contrast(found["line-strong"], found[background]) >= 3


def test_an_address_carries_a_palette_there_and_back() -> None:
    text = encode(DEFAULT_PALETTE)
    assert text == "2f5640-fbf8f2-23201a-a9cba6-181713-f0eadf"
    assert decode(text) == DEFAULT_PALETTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2f5640",
        "2f5640-fbf8f2-23201a-a9cba6-181713",
        "2F5640-fbf8f2-23201a-a9cba6-181713-f0eadf",
        "2f5640-fbf8f2-23201a-a9cba6-181713-f0eadf-000000",
        "2f5640-fbf8f2-23201a-a9cba6-181713-};a{b:",
    ],
)
def test_an_address_that_nobody_wrote_carries_none(text: str) -> None:
    assert decode(text) is None
