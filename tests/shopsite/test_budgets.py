"""What a page may weigh. Whoever needs more has to take something away, or say why here."""

import re
from pathlib import Path

import brotli
from django.test import Client

from home.models import HomePage
from shopsite.scripts import join
from shopsite.stylesheet import flatten

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
KB = 1024
SCRIPTS = 8 * KB
STYLES = 25 * KB
FONTS = 65 * KB
FIRST_FONTS = 40 * KB  # Of every first visit.


def compressed(text: str) -> int:
    """As many bytes as travel: WhiteNoise keeps a brotli of the same quality."""
    return len(brotli.compress(text.encode()))


def test_all_scripts_together_stay_small() -> None:
    assert 0 < compressed(join(STATIC / "js" / "site.js")) <= SCRIPTS


def test_there_is_no_script_beside_the_one() -> None:
    entry = (STATIC / "js" / "site.js").read_text(encoding="utf-8")
    parts = {path.name for path in (STATIC / "js").rglob("*.js")} - {"site.js"}
    assert set(re.findall(r'import "\./([^"]+)";', entry)) == parts


def test_the_stylesheet_stays_small() -> None:
    assert 0 < compressed(flatten(STATIC / "css" / "site.css")) <= STYLES


def test_there_are_two_families_of_letters_and_they_stay_small() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert {path.name.partition("-")[0] for path in fonts} == {"fraunces", "inter"}
    assert sum(path.stat().st_size for path in fonts) <= FONTS


def test_the_letters_that_every_first_visit_loads_are_preloaded_and_few(site: HomePage) -> None:
    html = Client().get("/").content.decode()
    links = re.findall(r'<link rel="preload"\s+href="/static/(fonts/[^"]+)"[^>]*>', html)
    assert links == ["fonts/inter-latin.woff2", "fonts/fraunces-latin.woff2"]
    assert sum((STATIC / path).stat().st_size for path in links) <= FIRST_FONTS


def test_every_font_is_named_in_the_stylesheet() -> None:
    named = re.findall(r"fonts/[a-z-]+\.woff2", (STATIC / "css" / "fonts.css").read_text())
    files = sorted(f"fonts/{path.name}" for path in (STATIC / "fonts").glob("*.woff2"))
    assert sorted(named) == files
