from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.test import override_settings

from shopsite.assembling import AssemblingFinder
from shopsite.stylesheet import STYLESHEET, flatten


@pytest.fixture
def css(tmp_path: Path) -> Path:
    folder = tmp_path / "static" / "css"
    (folder / "components").mkdir(parents=True)
    (folder / "site.css").write_text(
        '@layer base, components;\n@import url("base.css") layer(base);\n'
        '@import url("components/button.css") layer(components);\n'
    )
    (folder / "base.css").write_text("p { color: red; }\n")
    (folder / "components" / "button.css").write_text(".button { color: blue; }\n")
    return folder


def test_each_part_stands_in_its_layer_in_the_order_of_the_imports(css: Path) -> None:
    assert flatten(css / "site.css") == (
        "@layer base, components;"
        "@layer base {p { color: red; }}"
        "@layer components {.button { color: blue; }}"
    )


def test_what_only_we_read_stays_behind(css: Path) -> None:
    (css / "base.css").write_text(
        "/* It is\n   red. */\na:hover,\np {\n  color: red;\n\n  margin:\n    0\n    auto;\n}\n"
    )
    assert "@layer base {a:hover,\np {color:red;margin:\n0\nauto;}}" in flatten(css / "site.css")


def test_the_finder_hands_out_a_changed_part_at_once(css: Path, tmp_path: Path) -> None:
    with override_settings(
        STATICFILES_DIRS=[css.parent], ASSEMBLED_STATIC_ROOT=tmp_path / "assembled"
    ):
        finder = AssemblingFinder()
        (css / "base.css").write_text("p { color: green; }\n")
        found = Path(str(finder.find(STYLESHEET)))
        listed = dict(finder.list(None))
    assert "color: green" in found.read_text()
    assert "@import" not in found.read_text()
    assert listed[STYLESHEET].path(STYLESHEET) == str(found)
    assert listed["css/base.css"].path("css/base.css") == str(css / "base.css")


def test_the_shop_s_own_stylesheet_is_one_file_and_small(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    with override_settings(ASSEMBLED_STATIC_ROOT=tmp_path):
        finder = get_finder.__wrapped__("shopsite.assembling.AssemblingFinder")
        text = Path(str(finder.find(STYLESHEET))).read_text()
    assert "@import" not in text
    # With its headers of about 350 bytes it must stay below the 14,600 of ten TCP segments.
    assert len(brotli.compress(text.encode())) < 14_000
