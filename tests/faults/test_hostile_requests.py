"""Addresses, headers and forms as nobody's browser sends them."""

import contextlib
import re
import time
from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from checkout.forms import PHONE
from home.models import HomePage
from home.search.words import MAX_QUERY_LENGTH, clean_query
from orders.models import Order
from products.models import StockRecord
from shopsite import password_reset
from shopsite.cms.text_links import linked_pages
from shopsite.lib.addresses import harmless_address, validate_link_address
from shopsite.lib.text import has_control_characters, safe_spreadsheet_cell
from shopsite.lib.vat_id import read_vat_id
from shopsite.password_reset import send_password_resets
from tests.factories import make_collection, make_order, make_product_page, make_user
from tests.flows.shopper import SAME_ORIGIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

LISTS = ("/search/", "/search/suggest/", "/shop/", "/collections/", "/stories/")
HOSTILE = [
    "1' OR '1'='1", "'; DROP TABLE orders_order; --", '" MATCH * NEAR(', "%", "_" * 50, "\\", "%00",
    "{{7*7}}", "${7*7}", "../../etc/passwd", "-1", "0", "1e9", "99999999999999999999", "٣", "²",
    "NaN", "null", "[]", "a" * 5_000, "\u202e\u200b\ufeff", "💥" * 100, "\0", "a\0b",
]  # fmt: skip
PARAMETERS = (
    "q",
    "page",
    "sort",
    "price_min",
    "price_max",
    "in_stock",
    "sku",
    "color",
    "topic",
    "x",
)


@pytest.fixture
def shop(site: HomePage) -> None:
    mug = make_product_page("Speckled Mug", sku="MUG")
    make_collection(picks=[mug])


# --- What is asked for ------------------------------------------------------------------------


def asked_in_turn(turn: int) -> str:
    """Each parameter with another of the hostile values, and in the next turn with the next."""
    values = [HOSTILE[(number + turn) % len(HOSTILE)] for number in range(len(PARAMETERS))]
    return urlencode(dict(zip(PARAMETERS, values, strict=True)))


def test_whatever_a_list_is_asked_it_answers_with_a_page(shop: None, client: Client) -> None:
    make_order()
    for turn, address in product(range(0, len(HOSTILE), 9), LISTS):
        response = client.get(f"{address}?{asked_in_turn(turn)}")
        assert response.status_code in (200, 301, 302, 400, 404), (address, turn)
        assert len(response.content) < 200_000
    assert Order.objects.count() == 1


def test_a_query_of_a_megabyte_is_answered_at_once(shop: None, client: Client) -> None:
    for address in ("/search/", "/search/suggest/", "/shop/"):
        started = time.process_time()
        response = client.get(address, {"q": "mug " * 250_000, "sort": "x" * 100_000})
        assert response.status_code in (200, 400, 404, 414)
        assert len(response.content) < 200_000
        assert time.process_time() - started < 2


def test_a_page_that_a_list_does_not_have_is_not_there(shop: None, client: Client) -> None:
    for number in ("1000000000", "-1", "last", "1" * 5000):
        for address in ("/shop/?", "/search/?q=mug&", "/stories/?"):
            response = client.get(f"{address}page={number}")
            assert response.status_code in (200, 302, 404), (address, number)


@given(text=st.text(max_size=300))
@hypothesis_settings(max_examples=50)
def test_any_text_that_is_searched_for_becomes_a_short_line(text: str) -> None:
    query = clean_query(text)
    assert len(query) <= MAX_QUERY_LENGTH
    assert not has_control_characters(query)


def test_the_desk_answers_whatever_it_is_asked(admin_client: Client) -> None:
    desk = reverse("orders_order_modeladmin_index")
    names = ("q", "product", "status", "p", "o", "placed_from", "total_from", "country")
    for value in ("'", "\0", "9" * 5000):
        response = admin_client.get(desk, dict.fromkeys(names, value), follow=True)
        assert response.status_code in (200, 400, 404), value


# --- Where it leads ---------------------------------------------------------------------------

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example",
    "https:evil.example", "///evil.example", "http://testserver@evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example", "\x0c//evil.example", "https://testserver.evil.example/",
]  # fmt: skip


def leads_away(location: str) -> bool:
    own = location.removeprefix("http://testserver")
    return not re.match(r"/(?![/\\])[^\t\n\r]*$", own)


def test_no_answer_leads_to_another_site(shop: None, client: Client) -> None:
    make_user("erin", is_superuser=True)
    posts = (
        ("/appearance/", {"scheme": "dark"}),
        ("/cart/add/", {"sku": "MUG", "quantity": "1"}),
        ("/account/log-out/", {}),
        (reverse("wagtailadmin_login"), {"username": "erin", "password": "password"}),
    )
    for address in ELSEWHERE:
        away = dict.fromkeys(("next", "next_url", "return_to", "return_url", "url"), address)
        headers = {"sec-fetch-site": "same-origin", "referer": address.strip()}
        for path, data in posts:
            response = client.post(f"{path}?{urlencode(away)}", {**data, **away}, headers=headers)
            assert response.status_code in (200, 302, 303), (path, address)
            assert not leads_away(response.get("Location", "/")), (path, address)
        for path in (f"/{quote(address)}", f"/go/{quote(address)}"):
            location = client.get(path, away).get("Location", "/")
            assert not leads_away(location), path


# --- Who is asked, and who asks ---------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil"])
def test_another_host_name_is_refused(client: Client, site: HomePage, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


def do_at_once(_name: str, keys: list[list[int]]) -> bool:
    """As a worker does with the message."""
    send_password_resets(*keys)
    return True


def test_no_header_changes_the_addresses_that_are_mailed_or_printed(
    shop: None,
    client: Client,
    settings: Settings,
    mailoutbox: list,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where a proxy lets every name through."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECRET_KEY = "of-this-test-alone"
    monkeypatch.setattr(password_reset, "send_task", do_at_once)
    make_user("erin", is_superuser=True)
    evil = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "forwarded": "host=evil.example",
    }
    client.post(reverse("wagtailadmin_password_reset"), {"email": "erin@example.com"}, headers=evil)
    assert len(mailoutbox) == 1
    assert "http://testserver/admin/password_reset/" in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body
    for address in (
        "/",
        "/shop/speckled-mug/",
        "/sitemap.xml",
        "/robots.txt",
        "/feeds/stories.xml",
    ):
        assert "evil.example" not in client.get(address, headers=evil).content.decode(), address
    order = make_order()
    page = client.get(order.get_absolute_url(), headers=evil).content.decode()
    assert "evil.example" not in page
    assert order.full_url.startswith("http://testserver/")


def test_a_client_cannot_say_that_it_came_over_https_or_from_elsewhere(
    client: Client, site: HomePage
) -> None:
    """Without a proxy of our own; production's settings name one only where HTTPS ends at it."""
    spoofed = {"x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.7"}
    response = client.get("/", headers=spoofed)
    assert response.wsgi_request.is_secure() is False
    assert django_settings.SECURE_PROXY_SSL_HEADER is None
    assert django_settings.USE_X_FORWARDED_HOST is False


def test_a_client_that_makes_addresses_up_is_counted_as_one(
    client: Client, site: HomePage, empty_cache: None, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    answers = []
    for number in range(12):
        # The last entry is what our own proxy saw.
        forwarded = f"203.0.113.{number}, 10.0.0.{number}, 198.51.100.7"
        answers.append(
            client.post(
                "/orders/find/", {"email": f"a{number}@example.com"},
                headers={"x-forwarded-for": forwarded, "sec-fetch-site": "same-origin"},
            ).status_code
        )  # fmt: skip
    assert answers[-1] == 429


# --- What is sent -----------------------------------------------------------------------------

FORM = "application/x-www-form-urlencoded"
FORMS = (
    "/cart/add/",
    "/cart/update/",
    "/newsletter/",
    "/orders/find/",
    "/account/log-in/",
    "/appearance/",
)


def test_a_form_of_too_many_fields_is_refused(shop: None, client: Client) -> None:
    data = urlencode([(f"f{number}", "x") for number in range(10_001)])
    for path in FORMS:
        response = client.post(path, data, content_type=FORM, **SAME_ORIGIN)
        assert response.status_code == 400, path
        assert len(response.content) < 20_000


def test_a_form_with_unbearable_values_is_answered_and_changes_nothing(
    shop: None, client: Client
) -> None:
    names = (
        "sku",
        "quantity",
        "product",
        "option1",
        "email",
        "consent",
        "stamp",
        "scheme",
        "source",
    )
    for path, value in product(FORMS, ("a\0b", "a" * 100_000)):
        started = time.process_time()
        response = client.post(path, dict.fromkeys(names, value), **SAME_ORIGIN)
        assert response.status_code in (200, 302, 303, 400, 403, 404), path
        assert time.process_time() - started < 1, path
    assert StockRecord.objects.get().allocated == 0


def test_a_body_that_is_too_large_is_refused(shop: None, client: Client) -> None:
    body = b"email=" + b"a" * 3_000_000
    assert client.post("/newsletter/", body, content_type=FORM, **SAME_ORIGIN).status_code == 400


LONG = (
    "a", "a@", "a.", "0-", "<a ", '<a linktype="page" id="1', "DE", "&", "/", " ", "mailto:a",
    "https://a.", "=\u200b", "</a", "<a>", "<a><b>",
)  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_no_pattern_takes_long_over_a_long_text(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    for check in (
        PHONE.fullmatch, validate_email, validate_link_address, harmless_address, linked_pages,
        safe_spreadsheet_cell, lambda one: read_vat_id(one, country="DE"),
    ):  # fmt: skip
        with contextlib.suppress(ValidationError, ValueError):
            check(text)
    assert time.process_time() - started < 1


# --- What the shop itself asks for ------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/meta-data/", "https://www.youtube.com/watch?v=1", "file:///etc/passwd",
     "http://127.0.0.1:5432/"],
)  # fmt: skip
def test_the_shop_fetches_nothing_that_an_editor_names(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Not even from a list of providers: there is none."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("Somebody was asked.")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert django_settings.WAGTAILEMBEDS_FINDERS == []
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed(address)
    response = admin_client.post(
        reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": address}
    )
    assert response.status_code == 200
    assert response.json()["step"] == "chooser"
    assert get_user_model().objects.count() == 1
