"""Light and dark: one page for everybody, and the choice of a cookie filled in on the way out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from home.models import HomePage

pytestmark = pytest.mark.django_db

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SYSTEM = '<input type="radio" name="scheme" value="system" checked>'


def page_with_cookie(value: str | None) -> str:
    client = Client()
    if value is not None:
        client.cookies["scheme"] = value
    return client.get("/shop/").content.decode()


def test_without_a_choice_the_system_decides_and_the_page_is_shared(site: HomePage) -> None:
    response = Client().get("/shop/")
    html = response.content.decode()
    assert 'data-scheme="system">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert SYSTEM in html
    assert html.count(" checked") == 1
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_choice_is_filled_in_and_such_a_page_is_private(site: HomePage, scheme: str) -> None:
    client = Client()
    client.cookies["scheme"] = scheme
    response = client.get("/shop/")
    html = response.content.decode()
    assert f'data-scheme="{scheme}">' in html
    assert f'<meta name="color-scheme" content="{scheme}">' in html
    assert f'<input type="radio" name="scheme" value="{scheme}" checked>' in html
    assert html.count(" checked") == 1
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert int(response.headers["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("value", ["", "system", "DARK", "dark ", 'dark"><script>', "<b>", "1"])
def test_a_cookie_that_names_no_scheme_changes_nothing(site: HomePage, value: str) -> None:
    assert page_with_cookie(value) == page_with_cookie(None)


def test_badge_and_scheme_are_filled_into_one_page(site: HomePage) -> None:
    client = Client()
    client.cookies["scheme"] = "dark"
    client.cookies["cart_count"] = "3"
    html = client.get("/shop/").content.decode()
    assert 'data-scheme="dark">' in html
    assert "3 items in your cart" in html


def test_a_page_for_what_went_wrong_follows_the_choice_too(site: HomePage) -> None:
    client = Client()
    client.cookies["scheme"] = "dark"
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert 'data-scheme="dark">' in response.content.decode()
    refused = client.post("/appearance/", {"scheme": "light"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert refused.status_code == 403
    assert 'data-scheme="dark">' in refused.content.decode()


def test_choosing_sets_a_readable_cookie_and_shows_the_page_again(site: HomePage) -> None:
    client = Client()
    page = "http://testserver/shop/?sort=price"
    response = client.post("/appearance/", {"scheme": "dark"}, HTTP_REFERER=page, **SAME_ORIGIN)
    assert response.status_code == 303
    assert response.headers["Location"] == page
    cookie = response.cookies["scheme"]
    assert cookie.value == "dark"
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["httponly"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert 'data-scheme="dark">' in client.get("/shop/").content.decode()


@pytest.mark.parametrize("value", ["system", "sepia", ""])
def test_choosing_the_system_takes_the_cookie_away(site: HomePage, value: str) -> None:
    client = Client()
    assert not client.post("/appearance/", {"scheme": value}, **SAME_ORIGIN).cookies
    client.post("/appearance/", {"scheme": "dark"}, **SAME_ORIGIN)
    response = client.post("/appearance/", {"scheme": value}, **SAME_ORIGIN)
    assert response.cookies["scheme"].value == ""
    assert 'data-scheme="system">' in client.get("/shop/").content.decode()


@pytest.mark.parametrize(
    "target",
    ["", "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "x"],
)
def test_the_way_back_never_leaves_the_site(site: HomePage, target: str) -> None:
    response = Client().post("/appearance/", {"scheme": "dark"}, HTTP_REFERER=target, **SAME_ORIGIN)
    assert response.headers["Location"] == "/"


def test_a_post_from_elsewhere_and_a_get_choose_nothing(site: HomePage) -> None:
    elsewhere = Client().post("/appearance/", {"scheme": "dark"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert elsewhere.status_code == 403
    assert not elsewhere.cookies
    assert Client().get("/appearance/").status_code == 405


def test_a_page_is_the_same_whatever_was_added_to_its_address(site: HomePage) -> None:
    assert Client().get("/shop/?from=poster").content == Client().get("/shop/").content


def test_the_script_is_small() -> None:
    brotli = pytest.importorskip("brotli")
    script = Path(settings.BASE_DIR, "static/js/scheme-switch.js").read_bytes()
    assert len(brotli.compress(script)) < 700
