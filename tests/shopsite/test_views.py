import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from home.models import HomePage
from shopsite import views


def test_health_answers_without_a_database(client: Client) -> None:
    # No database is allowed in this test: a query would fail it.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readiness_says_what_is_well(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "mail_overdue_seconds": 0}


@pytest.mark.django_db
def test_without_a_database_nobody_is_sent_here(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(views, "MigrationExecutor", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "down", "cache": "ok"}


@pytest.mark.django_db
def test_without_a_cache_the_shop_still_sells(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "get", lambda *args: None)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["cache"] == "loses values"


def test_robots_names_the_sitemap_and_the_private_parts(client: Client, settings) -> None:
    settings.SITE_URL = "https://shop.example"
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /checkout/" in text
    assert "Sitemap: https://shop.example/sitemap.xml" in text


def test_a_wrong_address_is_a_page_of_the_shop(client: Client, site: HomePage) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("url", ["/orders/unknown/", "/orders/unknown/invoice/"])
def test_an_unknown_order_token_is_a_404(client: Client, site: HomePage, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/orders/%00/", "/checkout/return/%00/", "/shop/%00/"])
def test_a_null_byte_in_an_address_is_refused(client: Client, url: str) -> None:
    assert client.get(url).status_code == 400


@pytest.mark.django_db
def test_a_null_byte_in_a_cookie_is_refused(client: Client) -> None:
    client.cookies["sessionid"] = "\x00aaaaaaaa"
    assert client.get("/cart/").status_code == 400
