"""Who tries doors that are not theirs, and finds them closed (faults G1 to G14)."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import now
from pytest_django import Settings
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import StreamField

from customers.models import CustomerEmail, Kind
from home.models import HomePage, StoryPage
from orders.models import Order
from shopsite.contact.models import NewsletterSubscription
from tests.factories import make_contact_form, make_order, make_product_page, make_user

pytestmark = pytest.mark.usefixtures("site", "empty_cache")

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# 192 random bits; see shopsite/lib/tokens.py.
SECRET = re.compile(r"[\w-]{32}", re.ASCII)
ADMIN = ("admin/", "documents/")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path, one


def shop_patterns() -> dict[str, URLPattern]:
    """By name: all addresses outside of the admin but those of Wagtail's pages."""
    return {
        one.name: one
        for path, one in patterns(get_resolver())
        if one.name and not path.startswith(ADMIN) and not one.name.startswith("wagtail")
    }


# --- Whose order it is ----------------------------------------------------------------------------

# Addresses with something to guess in them, and what that is.
SECRETS = {
    "order", "order-invoice", "order-credit-note", "order-pay", "order-again", "order-account",
    "order-new-link", "checkout-return", "checkout-canceled",
    "newsletter-confirm", "newsletter-unsubscribe",
}  # fmt: skip
SIGNED = {"account-enter"}
PUBLIC = {
    "brand-stylesheet", "admin-stylesheet", "site-icon", "form-page", "form-thanks",
    "short-address",
}  # fmt: skip
DEMO = {"demo-mail-message", "demo-mail-html", "demo-mail-attachment"}


def test_every_address_of_somebodys_own_holds_a_secret() -> None:
    """G1: whoever adds one has to say here what there is to guess in it."""
    guessable = {name for name, one in shop_patterns().items() if one.pattern.converters}
    guessable |= {"short-address"}  # A regular expression.
    assert guessable == SECRETS | SIGNED | PUBLIC | DEMO
    tokens = {make_order().token for _number in range(3)}
    assert len(tokens) == 3
    assert all(SECRET.fullmatch(token) for token in tokens)


OWN_PAGES = (
    "/orders/{}/", "/orders/{}/invoice/", "/orders/{}/credit-notes/{}/", "/checkout/return/{}/",
    "/checkout/canceled/{}/", "/newsletter/{}/confirm/", "/newsletter/{}/unsubscribe/",
)  # fmt: skip


def test_nothing_that_is_known_of_an_order_opens_it(client: Client) -> None:
    """G1: neither its number, key, checkout's token or Stripe's ids, nor half of the secret, nor
    the secret of something else."""
    order = make_order()
    other = NewsletterSubscription.objects.create(
        email="ada@example.com", consent_text="Yes", requested_at=now()
    )
    known = (
        order.number, order.pk, order.checkout_token, order.token[:-1], order.token.swapcase(),
        f"{order.token}x", other.token, "cs_test_1", "%25",
    )  # fmt: skip
    for path in OWN_PAGES[:5]:
        for guess in known:
            address = path.format(guess, 1)
            assert client.get(address).status_code == 404, address
    for path in OWN_PAGES[5:]:
        assert client.get(path.format(order.token)).status_code == 404
    for what in ("pay", "again", "account", "new-link"):
        assert client.post(f"/orders/{order.number}/{what}/").status_code == 404
    assert client.get(f"/orders/{order.token}/").status_code == 200, "The control."


def test_the_page_of_an_order_tells_no_other_site_where_it_is(client: Client) -> None:
    """G2: no address leaves with a click, no cache or robot keeps the page, nothing is loaded from
    elsewhere."""
    response = client.get(f"/orders/{make_order().token}/")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    html = response.content.decode()
    assert '<meta name="robots" content="noindex' in html
    loaded = re.findall(r'<(?:script|img|iframe|source)[^>]+src(?:set)?="([^"]+)', html)
    loaded += re.findall(r'<link rel="(?:stylesheet|preload)"[^>]+href="([^"]+)', html)
    assert loaded
    assert [one for one in loaded if one.startswith(("http", "//"))] == []


# --- Scripts and rights ---------------------------------------------------------------------------


def test_nobody_can_write_a_script_into_a_page() -> None:
    """G5: no block takes HTML as it is, and what a rich text takes is cleaned of scripts."""

    def below(block: blocks.Block) -> Iterator[blocks.Block]:
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from below(child)
        if isinstance(block, blocks.ListBlock):
            yield from below(block.child_block)

    fields = [field for field in StoryPage._meta.get_fields() if isinstance(field, StreamField)]
    seen = [one for field in fields for one in below(field.stream_block)]
    assert any(isinstance(one, blocks.RichTextBlock) for one in seen)
    assert not [one for one in seen if isinstance(one, blocks.RawHTMLBlock)]
    converter = ContentstateConverter(["bold", "link"])
    typed = '<p onclick="x()">a<script>b()</script><a href="javascript:c()">d</a></p>'
    kept = converter.to_database_format(converter.from_database_format(typed))
    assert "<p" in kept
    for evil in ("onclick", "<script", "javascript:"):
        assert evil not in kept


def test_an_editor_makes_nobody_more_than_they_are(client: Client) -> None:
    """G5: by any of the ways to users and groups, also by posting straight to them."""
    editor = make_user("editor")
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    for address in (
        "/admin/users/new/", f"/admin/users/edit/{editor.pk}/", "/admin/groups/new/",
        f"/admin/users/{editor.pk}/second-factor/",
    ):  # fmt: skip
        data = {"username": "evil", "is_superuser": "on", "password1": "x", "password2": "x"}
        assert client.post(address, data).status_code == 302, address
    editor.refresh_from_db()
    assert (editor.username, editor.is_superuser) == ("editor", False)
    assert type(editor).objects.count() == 1


# --- Forms and links of other sites ---------------------------------------------------------------

# Why each needs no token: it asks where the post comes from, or holds a secret or a signature.
WITHOUT_TOKEN = {
    "appearance": 403, "cart-add": 403, "cart-add-many": 403, "cart-update": 403,
    "cart-remove": 403, "find-order": 403, "account-log-in": 403, "form-page": 403,
    "newsletter": 403, "newsletter-confirm": 404, "newsletter-unsubscribe": 404,
    "stripe-webhook": 400,
}  # fmt: skip
# Those of the editor's API ask for the token themselves once they know who it is.
OF_THE_API = {"listing", "detail", "find", "action"}


def address_of(name: str) -> str:
    path = "/" + next(path for path, one in patterns(get_resolver()) if one.name == name)
    return re.sub(r"<int:\w+>", "1", re.sub(r"<\w+:\w+>", "x" * 32, path))


def test_every_view_without_a_token_refuses_other_sites_by_itself() -> None:
    """G10"""
    make_contact_form()
    exempt = {
        one.name or path
        for path, one in patterns(get_resolver())
        if getattr(one.callback, "csrf_exempt", False)
    }
    assert exempt == set(WITHOUT_TOKEN) | OF_THE_API
    elsewhere = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://evil.example"}
    for name, status in WITHOUT_TOKEN.items():
        address = address_of(name)
        if name == "form-page":
            address = address.replace("1", str(make_contact_form().pk))
        answer = Client(enforce_csrf_checks=True).post(address, **elsewhere)
        assert answer.status_code == status, name


def test_the_editors_api_refuses_other_sites_too(site: HomePage) -> None:
    """G10"""
    address = f"/admin/api/main/pages/{site.pk}/action/unpublish/"
    boss = make_user("boss", is_superuser=True)
    for enforce, status, is_live in ((True, 403, True), (False, 200, False)):
        client = Client(enforce_csrf_checks=enforce)
        client.force_login(boss)
        answer = client.post(address, HTTP_ORIGIN="https://evil.example")
        site.refresh_from_db()
        assert (answer.status_code, site.live) == (status, is_live)


TAKES_POSTS = (
    "/checkout/", "/orders/{}/pay/", "/orders/{}/again/", "/orders/{}/account/",
    "/orders/{}/new-link/", "/account/log-out/", "/account/delete/", "/admin/login/",
    "/admin/logout/", "/admin/password_reset/", "/admin/second-factor/code/",
    "/admin/second-factor/set-up/", "/admin/second-factor/leave/",
    "/admin/orders/order/export_orders/", "/admin/account/second-factor/",
)  # fmt: skip


def test_a_post_of_another_site_does_nothing() -> None:
    """G10"""
    order = make_order()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("boss", is_superuser=True))
    for path in TAKES_POSTS:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path.format(order.token), HTTP_ORIGIN="https://evil.example")
        assert answer.status_code == 403, path
        assert not [one for one in queries if one["sql"].upper().startswith(WRITES)], path


POSTS_ALONE = {
    "appearance", "cart-add", "cart-add-many", "cart-update", "cart-remove", "stripe-webhook",
    "order-pay", "order-again", "order-account", "order-new-link", "account-log-out",
}  # fmt: skip


def test_looking_changes_nothing_at_any_address() -> None:
    """G11: programs that fetch ahead or look into mails open what they find."""
    order = make_order()
    form = make_contact_form()
    mail = CustomerEmail.objects.create(kind=Kind.LOG_IN, email=order.email, slot="1")
    newsletter = NewsletterSubscription.objects.create(
        email="ada@example.com", consent_text="Yes", requested_at=now()
    )
    Client().get("/nothing/")  # The first page of all writes the settings of a new shop.
    refusing, writing, opened = set(), set(), 0
    for name in shop_patterns():
        token = newsletter.token if name.startswith("newsletter") else order.token
        address = address_of(name).replace("x" * 32, token).replace("/1/", f"/{form.pk}/")
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(address)
        opened += answer.status_code == 200
        if answer.status_code == 405:
            refusing.add(name)
        if [one for one in queries if one["sql"].upper().startswith(WRITES)]:
            writing.add(name)
    assert refusing == POSTS_ALONE
    assert writing == set()
    assert opened > 15
    mail.refresh_from_db()
    newsletter.refresh_from_db()
    assert (mail.used_at, newsletter.confirmed_at) == (None, None)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_form_of_ours_leads_to_another_site(where: str) -> None:
    make_user("ada", is_superuser=True)
    ways = [
        Client().post("/appearance/", {"scheme": "dark", "next": where}, **SAME_ORIGIN),
        Client().post("/admin/login/", {"username": "ada", "password": "password", "next": where}),
        Client().get(f"/go/{where}"),
        Client().get("/admin/login/", {"next": where}),
    ]
    for answer in ways:
        assert "evil" not in answer.headers.get("Location", "")


# --- Sessions -------------------------------------------------------------------------------------


def test_a_session_that_somebody_planted_is_not_the_one_that_is_logged_in(client: Client) -> None:
    """G7: and the cart comes along."""
    make_product_page("Mug", sku="MUG")
    make_user("ada", is_superuser=True)
    client.post("/cart/add/", {"sku": "MUG"}, **SAME_ORIGIN)
    planted = client.cookies["sessionid"].value
    client.post("/admin/login/", {"username": "ada", "password": "password"})
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/admin/").status_code == 302
    assert "Mug" in client.get("/cart/").content.decode()
    made_up = Client()
    made_up.cookies["sessionid"] = "a" * 32
    made_up.post("/admin/login/", {"username": "ada", "password": "password"})
    assert made_up.cookies["sessionid"].value != "a" * 32


def test_logging_out_ends_the_session_wherever_it_is_known(client: Client) -> None:
    """G7"""
    client.force_login(make_user("ada", is_superuser=True))
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert stolen.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    assert stolen.get("/admin/").status_code == 302


def test_the_cookie_of_a_session_is_for_this_site_and_for_no_script(client: Client) -> None:
    """G9: Lax, since Strict would lose it on the way back from Stripe."""
    make_product_page("Mug", sku="MUG")
    client.post("/cart/add/", {"sku": "MUG"}, **SAME_ORIGIN)
    cookie = client.cookies["sessionid"]
    assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Lax", True, "/")
    assert cookie["domain"] == ""


# --- Names of the host ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/shop/", "/cart/", "/admin/login/", "/healthz"])
def test_a_host_that_is_not_ours_is_refused(client: Client, path: str) -> None:
    if path == "/healthz":
        assert client.get(path, headers={"Host": "evil.example"}).status_code in (200, 400)
        return
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400


def test_nothing_a_cache_does_not_know_of_gets_into_a_page(site: HomePage) -> None:
    """G14: headers of proxies, and words that advertisers hang on an address."""
    page = make_product_page("Mug", sku="MUG")
    headers = {
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "evil", "X-Original-URL": "/evil",
        "X-Rewrite-URL": "/evil", "Forwarded": "host=evil.example", "X-Host": "evil.example",
    }  # fmt: skip
    for path in ("/", "/shop/", page.url, "/newsletter/", "/stories/", "/collections/"):
        plain = without_stamps(Client().get(path))
        asked = Client().get(path, {"utm_source": "evil", "fbclid": "evil"}, headers=headers)
        assert asked.status_code == 200
        assert "evil" not in str(asked.headers)
        assert without_stamps(asked) == plain, path


def without_stamps(response: HttpResponse) -> str:
    return re.sub(r'name="stamp"\s+value="[^"]*"', "", response.content.decode())


def test_a_page_after_somebody_elses_visit_holds_nothing_of_them(
    site: HomePage, settings: Settings
) -> None:
    """G13: what may be shared is the same for all; what is somebody's own may not be kept."""
    make_product_page("Mug", sku="MUG")
    ada = Client()
    ada.post("/cart/add/", {"sku": "MUG"}, **SAME_ORIGIN)
    order = make_order(name="Ada Quillfeather")
    ada.get("/cart/")
    for path in ("/", "/shop/", "/stories/", "/newsletter/"):
        before = without_stamps(Client().get(path))
        hers = ada.get(path)
        assert "public" not in hers.headers["Cache-Control"], path
        assert without_stamps(Client().get(path)) == before, path
    for path in ("/cart/", "/checkout/", f"/orders/{order.token}/", "/account/", "/admin/login/"):
        kept = ada.get(path).headers["Cache-Control"]
        assert "public" not in kept, path
        assert "private" in kept, path
    assert Order.objects.count() == 1
