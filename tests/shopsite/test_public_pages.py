"""Public pages are the same bytes for everybody, and rendering one leaves no trace."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from products.blocks import StoryStreamBlock
from shopsite.cms.blocks import sample_picture
from shopsite.public_pages import PublicPageMiddleware
from tests.factories import (
    make_collection,
    make_contact_form,
    make_product_page,
    make_section,
    make_user,
)

pytestmark = pytest.mark.usefixtures("indexes")

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
NO_LINK = {"text": "", "page": None, "address": ""}
OTHER_PUBLIC_URLS = [
    "/search/",
    "/search/?q=because",
    "/search/suggest/?q=mu",
    "/sitemap.xml",
    "/robots.txt",
    "/feeds/stories.xml",
    "/newsletter/",
    "/newsletter/thanks/",
]


@pytest.fixture
def still_clock() -> Iterator[None]:
    """A form says when it was drawn, to the second: the same for everybody who asks in it."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def public_urls(site: HomePage, still_clock: None, empty_cache: None) -> list[str]:
    """Every page of a site with one page of each type and each block, and the other addresses."""
    product = make_product_page("Mug", sku="MUG", picture=True)
    make_product_page("Gone", sku="GONE", on_hand=0)
    make_collection(picks=[product], rule={"in_stock": True})
    picture = {"picture": sample_picture()}
    choice = {"product": product}
    optional = {**choice, "quantity": 2, "note": "", "is_optional": True}
    action = {**NO_LINK, "text": "Look", "page": product}
    body = [
        ("hero", {**picture, "eyebrow": "", "heading": "Hello", "text": "", "actions": [action]}),
        ("text", {"text": "<h2>Why</h2><p>Because.</p>"}),
        ("quote", {"quote": "So it is.", "attribution": "Mara", "role": "Potter"}),
        ("product_card", {**choice, "note": ""}),
        ("product_grid", {"heading": "More", "products": [choice], "more_link": NO_LINK}),
        ("buy_box", {**choice, "note": ""}),
        ("shop_the_look", {**picture, "heading": "", "points": [{**choice, "x": 40, "y": 60}]}),
        ("story_basket", {"heading": "Shop this", "text": "", "items": [choice, optional]}),
        ("comparison", {"heading": "", "products": [choice] * 2, "only_differences": False}),
        ("gallery", {"heading": "", "pictures": [{**picture, "caption": "A mug"}] * 2}),
        (
            "picture_with_text",
            {**picture, "heading": "", "text": "<p>By hand.</p>", "side": "end", "link": NO_LINK},
        ),
        ("call_to_action", {"heading": "Go", "text": "", "action": action, "theme": "accent"}),
    ]
    form = make_contact_form()
    make_section(body=body[1:])
    shown = {name for name, _value in body}
    for name, block in StoryStreamBlock().child_blocks.items():
        if name not in shown:
            body.append((name, block.get_preview_value()))
    story = StoryPage(title="A story", slug="a-story", body=body)
    StoryIndexPage.objects.get().add_child(instance=story)
    landing = LandingPage(title="Summer", slug="summer", body=body)
    LandingIndexPage.objects.get().add_child(instance=landing)
    pages = Page.objects.live().filter(depth__gt=1).specific()
    return [page.url for page in pages] + [
        *OTHER_PUBLIC_URLS,
        f"/forms/{form.pk}/",
        f"/forms/{form.pk}/thanks/",
    ]


def shoppers() -> Iterator[tuple[str, Client]]:
    yield "a stranger", Client()
    yield "somebody with a session", _with_cart(Client())
    editor = Client()
    editor.force_login(make_user("root", is_superuser=True))
    yield "an editor", editor


def _with_cart(client: Client) -> Client:
    client.post("/cart/add/", {"sku": "MUG", "quantity": "2"}, **SAME_ORIGIN)
    client.get("/cart/")  # Shows the message of adding.
    del client.cookies["cart_count"]  # The badge alone may differ, see below.
    return client


def test_public_pages_are_the_same_bytes_for_everybody(public_urls: list[str]) -> None:
    seen: dict[str, bytes] = {}
    for _who, client in shoppers():
        for url in public_urls:
            response = client.get(url)
            assert response.status_code == 200, url
            assert "cookie" not in response.headers.get("Vary", "").lower(), url
            assert not response.cookies, url
            assert seen.setdefault(url, response.content) == response.content, url
    assert len(seen) == 20


def test_rendering_a_public_page_writes_nothing(public_urls: list[str]) -> None:
    for url in public_urls:
        Client().get(url)  # The first time makes renditions, which a job will do one day.
    with CaptureQueriesContext(connection) as queries:
        for url in public_urls:
            Client().get(url)
    writes = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)]
    assert writes == []
    assert len(queries) > len(public_urls)
    assert not Session.objects.exists()


def test_public_pages_read_no_session_and_no_user(public_urls: list[str]) -> None:
    client = _with_cart(Client())
    with CaptureQueriesContext(connection) as queries:
        for url in public_urls:
            client.get(url)
    read = [q["sql"] for q in queries if "django_session" in q["sql"] or "auth_user" in q["sql"]]
    assert read == []


def test_public_pages_may_be_kept_by_a_shared_cache(public_urls: list[str]) -> None:
    for url in public_urls:
        response = Client().get(url)
        if response.headers["Content-Type"].startswith("text/html"):
            assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60", url


def test_every_public_page_may_come_back_with_the_back_button(public_urls: list[str]) -> None:
    """A browser keeps no page that forbids it to be stored."""
    for url in public_urls:
        assert "no-store" not in Client().get(url).headers.get("Cache-Control", ""), url
    assert "no-store" not in Client().get("/cart/").headers["Cache-Control"]


def test_public_pages_hold_no_inline_script_or_style(public_urls: list[str]) -> None:
    for url in public_urls:
        html = Client().get(url).content.decode()
        assert "<style" not in html, url
        assert " style=" not in html, url
        assert " onclick=" not in html, url
        for script in html.split("<script")[1:]:
            tag, _end, content = script.partition(">")
            is_data = 'type="application/ld+json"' in tag
            assert is_data or content.startswith("</script>"), (url, tag)


def test_the_badge_is_filled_on_the_way_out_and_such_a_page_is_private(
    public_urls: list[str],
) -> None:
    client = Client()
    client.cookies["cart_count"] = "3"
    response = client.get("/shop/")
    html = response.content.decode()
    assert '<span class="cart-badge" data-cart-badge><span aria-hidden="true">3</span>' in html
    assert "3 items in your cart" in html
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "hidden></span>" in Client().get("/shop/").content.decode()


@pytest.mark.parametrize(
    "value", ["0", "-1", "<script>", "99999", "²", "", '3"><script>alert(1)</script>', "1e3"]
)
def test_a_cookie_that_is_no_small_number_leaves_the_badge_empty(
    site: HomePage, value: str
) -> None:
    empty = Client().get("/shop/").content
    client = Client()
    client.cookies["cart_count"] = value
    response = client.get("/shop/")
    assert response.content == empty


def test_private_pages_are_never_shared(site: HomePage) -> None:
    make_product_page("Mug", sku="MUG")
    client = Client()
    client.post("/cart/add/", {"sku": "MUG", "quantity": "2"}, **SAME_ORIGIN)
    for url in ("/cart/", "/checkout/", "/admin/login/"):
        cache_control = client.get(url).headers["Cache-Control"]
        assert "private" in cache_control, url
        assert "public" not in cache_control, url


def cache_control_of(response: HttpResponse, *, method: str = "GET") -> str:
    """What the middleware says of an answer that says nothing itself."""
    request = RequestFactory().generic(method, "/")
    return PublicPageMiddleware(lambda _request: response)(request).headers["Cache-Control"]


def test_an_answer_that_nothing_personal_went_into_may_be_shared() -> None:
    assert cache_control_of(HttpResponse("ok")) == "public, max-age=0, s-maxage=60"


def test_an_answer_that_read_or_set_a_cookie_is_private() -> None:
    with_cookie = HttpResponse("ok")
    with_cookie.set_cookie("seen", "1")
    for response in (HttpResponse("ok", headers={"Vary": "Accept, Cookie"}), with_cookie):
        assert cache_control_of(response) == "private, no-cache"


def test_an_answer_to_a_post_and_an_error_are_private() -> None:
    assert cache_control_of(HttpResponse("ok"), method="POST") == "private, no-cache"
    assert cache_control_of(HttpResponse("gone", status=404)) == "private, no-cache"


def test_the_policy_is_strict_on_the_shop(site: HomePage) -> None:
    shop = Client().get("/shop/").headers["Content-Security-Policy"]
    assert "unsafe" not in shop
    assert "nonce" not in shop
    assert "default-src 'none'" in shop
    assert "https://checkout.stripe.com" in shop.split("form-action")[1].split(";")[0]
