"""What browsers may fetch ahead and keep for their back button."""

import json
from pathlib import Path

from django.conf import settings
from django.test import Client

from home.models import HomePage
from tests.factories import make_product_page

HEADER = "Speculation-Rules"


def test_public_pages_name_the_rules_and_others_do_not(client: Client, site: HomePage) -> None:
    page = make_product_page("Mug")
    for url in ("/", "/shop/", page.url, "/stories/", "/search/"):
        assert client.get(url).headers[HEADER] == '"/speculation-rules.json"', url
    for url in ("/cart/", "/checkout/", "/nothing-here/", "/robots.txt", "/admin/login/"):
        assert HEADER not in client.get(url).headers, url


def test_who_has_a_cart_is_told_of_the_rules_as_well(client: Client, site: HomePage) -> None:
    client.cookies["cart_count"] = "3"
    response = client.get("/shop/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers[HEADER] == '"/speculation-rules.json"'


def test_the_rules_have_the_type_that_browsers_insist_on(client: Client, db: None) -> None:
    response = client.get("/speculation-rules.json")
    assert response.headers["Content-Type"] == "application/speculationrules+json"
    assert response.headers["Cache-Control"] == "public, max-age=86400"


def test_only_products_and_stories_are_fetched_ahead(client: Client, db: None) -> None:
    rules = json.loads(client.get("/speculation-rules.json").content)
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
