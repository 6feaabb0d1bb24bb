"""House rules for stylesheets: colors and sizes are tokens, no file is loose (CONTRIBUTING.md)."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
from tinycss2.ast import Declaration, Node
from tinycss2.color5 import parse_color

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
TOKENS = CSS / "tokens.css"
# The admin's sheet has Wagtail's tokens, not ours; fonts.css describes files.
OTHERS = {CSS / "fonts.css", TOKENS}
SHEETS = [path for path in CSS.rglob("*.css") if path not in OTHERS and path.parent.name != "admin"]
# What a color can be without being one of its own.
COLOR_WORDS = {"currentcolor", "transparent"}
COLOR_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"}
# Hairlines, strokes of drawn signs and outlines; all else is a token or relative to the text.
PIXELS = {0, 1, 1.5, 2, 3}
PARTS = {"components", "blocks"}


def sheet_name(path: Path) -> str:
    return str(path.relative_to(CSS))


def declarations(path: Path) -> Iterator[Declaration]:
    text = path.read_text(encoding="utf-8")
    yield from _declarations(tinycss2.parse_stylesheet(text, skip_comments=True))


def _declarations(rules: list[Node]) -> Iterator[Declaration]:
    for rule in rules:
        content = getattr(rule, "content", None)
        if rule.type == "declaration":
            yield rule
        elif content:
            yield from _declarations(tinycss2.parse_blocks_contents(content, skip_comments=True))


def walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(getattr(node, "arguments", None) or getattr(node, "content", None) or [])


def raw_values(declaration: Declaration) -> Iterator[str]:
    """What should be a token: colors, sizes of text and lengths in pixels."""
    sizes_text = declaration.lower_name in {"font-size", "font"}
    for node in walk(declaration.value):
        if node.type == "hash":
            yield f"#{node.value}"
        elif node.type == "function" and node.lower_name in COLOR_FUNCTIONS:
            yield f"{node.name}()"
        elif node.type == "ident" and is_named_color(node.lower_value):
            yield node.value
        elif node.type == "dimension" and is_raw_length(node, sizes_text=sizes_text):
            yield f"{node.representation}{node.unit}"


def is_named_color(word: str) -> bool:
    return word not in COLOR_WORDS and parse_color(word) is not None


def is_raw_length(node: Node, *, sizes_text: bool) -> bool:
    if sizes_text:
        return node.lower_unit != "em"
    return node.lower_unit == "px" and abs(node.value) not in PIXELS


@pytest.mark.parametrize("path", SHEETS, ids=sheet_name)
def test_colors_and_sizes_are_tokens(path: Path) -> None:
    found = [
        f"line {declaration.source_line}: {declaration.name}: {value}"
        for declaration in declarations(path)
        for value in raw_values(declaration)
    ]
    assert found == []


def test_a_raw_color_or_size_would_be_found() -> None:
    text = "a { color: red; background: #fff; font-size: 1rem; border: 4px solid rgb(0 0 0) }"
    found = [
        value
        for declaration in _declarations(tinycss2.parse_stylesheet(text))
        for value in raw_values(declaration)
    ]
    assert found == ["red", "#fff", "1rem", "4px", "rgb()"]


def test_every_custom_property_that_is_used_is_defined() -> None:
    everything = [*declarations(TOKENS)]
    for path in SHEETS:
        everything += declarations(path)
    defined = {each.name for each in everything if each.name.startswith("--")}
    used = {
        name
        for each in everything
        for name in re.findall(r"var\(\s*(--[\w-]+)", tinycss2.serialize(each.value))
    }
    assert sorted(used - defined) == []
    assert sorted(defined - used) == []


def test_every_font_is_a_family_of_its_own() -> None:
    """Of a family in parts, a browser looks for a stand-in for each part that is not loaded."""
    families = Counter(
        tinycss2.serialize(declaration.value).strip()
        for declaration in declarations(CSS / "fonts.css")
        if declaration.name == "font-family"
    )
    assert len(families) == 9
    assert set(families.values()) == {1}


def test_every_stylesheet_is_part_of_the_whole() -> None:
    entries = ("site.css", "order.css")
    text = "".join((CSS / entry).read_text(encoding="utf-8") for entry in entries)
    imported = re.findall(r'@import url\("([^"]+)"\)', text)
    # Style guide and mailbox are pages of the demo alone, and bring their own.
    of_the_demo = {"styleguide.css", "mailbox.css"}
    loose = {sheet_name(path) for path in SHEETS} - set(imported) - {*entries, *of_the_demo}
    assert loose == set()
    assert len(imported) == len(set(imported))


@pytest.mark.parametrize(
    "path", [path for path in SHEETS if path.parent.name in PARTS], ids=sheet_name
)
def test_what_a_part_styles_stands_in_a_template(path: Path) -> None:
    """Each component and block is named like its class; one that no template uses is dead."""
    assert re.search(rf"\b{re.escape(path.stem)}\b", markup()) is not None


def markup() -> str:
    """All that writes classes: templates, scripts, and tags that make a piece by themselves."""
    files = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/*.js")]
    files += [
        path for app in ("shopsite", "products", "orders") for path in ROOT.glob(f"{app}/**/*.py")
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
