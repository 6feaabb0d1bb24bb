"""What browsers may fetch ahead and keep for their back button."""

import base64
import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from home.models import HomePage
from tests.factories import make_product_page

RULES = re.compile(r'<script type="speculationrules">(.*?)</script>')


def rules_of(url: str) -> str:
    [rules] = RULES.findall(Client().get(url).content.decode())
    return str(rules)


def test_every_page_holds_the_same_rules(site: HomePage) -> None:
    page = make_product_page("Mug")
    urls = ("/", "/shop/", page.url, "/stories/", "/search/", "/cart/")
    assert len({rules_of(url) for url in urls}) == 1


def test_the_policy_lets_these_rules_in_and_no_others(site: HomePage) -> None:
    digest = hashlib.sha256(rules_of("/").encode()).digest()
    source = f"'sha256-{base64.b64encode(digest).decode()}'"
    policy = Client().get("/").headers["Content-Security-Policy"]
    [scripts] = [part for part in policy.split("; ") if part.startswith("script-src ")]
    assert scripts == f"script-src 'self' {source}"


def test_only_products_and_stories_are_fetched_ahead(site: HomePage) -> None:
    rules = json.loads(rules_of("/"))
    [rule] = rules["prefetch"]
    assert list(rules) == ["prefetch"]
    assert rule["eagerness"] == "moderate"
    wanted, unwanted = rule["where"]["and"]
    assert wanted == {"href_matches": ["/shop/*", "/stories/*"]}
    assert unwanted == {"not": {"href_matches": "/*\\?*=*"}}


def test_no_script_keeps_a_page_from_the_back_button() -> None:
    scripts = list((settings.BASE_DIR / "static" / "js").glob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text()
        assert "unload" not in text, script.name
        assert "WebSocket" not in text, script.name


def test_the_whole_stylesheet_holds_the_transition_for_those_who_like_movement() -> None:
    text = Path(settings.BASE_DIR, "static/css/transitions.css").read_text()
    assert text.index("prefers-reduced-motion: no-preference") < text.index("@view-transition")
