"""The one script of a browser, made of the many small files of `static/js/`."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.test import Client, override_settings

from home.models import HomePage
from shopsite.scripts import SCRIPT, join

STATIC = Path(settings.BASE_DIR) / "static"


def test_each_script_stands_in_a_block_of_its_own_in_the_order_of_the_imports(
    tmp_path: Path,
) -> None:
    (tmp_path / "site.js").write_text('import "./one.js";\nimport "./two.js";\n')
    (tmp_path / "one.js").write_text("const NAME = 1;\n")
    (tmp_path / "two.js").write_text("const NAME = 2;\n")
    assert join(tmp_path / "site.js") == (
        "// one.js\n{\nconst NAME = 1;\n}\n// two.js\n{\nconst NAME = 2;\n}\n"
    )


def test_the_finder_hands_out_one_file_without_imports(tmp_path: Path) -> None:
    with override_settings(ASSEMBLED_STATIC_ROOT=tmp_path):
        finder = get_finder.__wrapped__("shopsite.assembling.AssemblingFinder")
        text = Path(str(finder.find(SCRIPT))).read_text()
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert text.count('customElements.define("') == 11


def test_no_script_is_forgotten() -> None:
    scripts = {path.name for path in (STATIC / "js").glob("*.js")}
    imported = re.findall(r'"\./(.+)"', (STATIC / SCRIPT).read_text())
    assert len(imported) == len(set(imported))
    assert scripts - set(imported) == {Path(SCRIPT).name}


@pytest.mark.parametrize("url", ["/", "/shop/", "/search/?q=mug", "/cart/"])
def test_a_page_asks_for_one_script_that_waits_for_what_is_seen(url: str, site: HomePage) -> None:
    html = Client().get(url).content.decode()
    [module] = re.findall(r'<script\s+type="module"[^>]*>', html)
    assert f'src="/static/{SCRIPT}"' in module
    assert 'fetchpriority="low"' in module
