"""What every answer tells the browser to refuse: scripts, frames, cameras, other hosts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client

from home.models import HomePage
from tests.factories import make_order, make_product_page, make_user

pytestmark = pytest.mark.usefixtures("empty_cache")

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self' https://checkout.stripe.com http://127.0.0.1:*",
}
LOOSE = {
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}
OFF = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "publickey-credentials-get", "usb",
)  # fmt: skip


def policy_of(response: HttpResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


SHOP = (
    "/", "/shop/", "/cart/", "/checkout/", "/orders/{order}/", "/nothing/", "/account/log-in/",
    "/admin/login/", "/admin/password_reset/", "/admin/second-factor/set-up/", "/robots.txt",
    "/sitemap.xml", "/feeds/products.xml", "/healthz",
)  # fmt: skip


def test_the_shop_and_the_doors_of_the_admin_are_strict(site: HomePage, client: Client) -> None:
    make_product_page("Mug", sku="MUG")
    client.post("/cart/add/", {"sku": "MUG"}, HTTP_SEC_FETCH_SITE="same-origin")
    order = make_order()
    for path in SHOP:
        response = client.get(path.format(order=order.token))
        assert policy_of(response) == STRICT, path
        assert_common(response, path)
        assert response.headers["X-Frame-Options"] == "DENY", path


def assert_common(response: HttpResponse, path: str) -> None:
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["Referrer-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Permissions-Policy"] == ", ".join(f"{name}=()" for name in OFF), path


def test_behind_the_doors_wagtail_gets_what_it_needs_and_no_more(
    site: HomePage, client: Client
) -> None:
    client.force_login(make_user("ada", is_superuser=True))
    for path in ("/admin/", "/admin/nothing/", f"/admin/pages/{site.pk}/edit/preview/"):
        response = client.get(path)
        assert policy_of(response) == STRICT | LOOSE, path
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN", path
        assert_common(response, path)


def test_answers_that_say_no_are_as_strict(site: HomePage) -> None:
    client = Client(raise_request_exception=False)
    refused = client.post("/cart/add/", {"sku": "X"})
    wrong_method = client.get("/cart/add/")
    missing = client.get("/orders/none/")
    statuses = []
    for response in (refused, wrong_method, missing):
        statuses.append(response.status_code)
        assert policy_of(response) == STRICT
        assert response.headers["X-Frame-Options"] == "DENY"
    assert statuses == [403, 405, 404]


def test_private_files_and_static_ones_are_not_sniffed(client: Client, db: None) -> None:
    for path in ("/documents/1/none.pdf", "/static/none.css", "/media/none.jpg"):
        response = client.get(path)
        assert response.status_code == 404
        assert_common(response, path)


# --- Production -----------------------------------------------------------------------------------

PRINT = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith(("SECURE_", "SESSION_", "CSRF_", "X_F"))]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    """The settings of a shop at an https:// address."""
    given = {
        "READ_DOT_ENV": "0", "DJANGO_SETTINGS_MODULE": "shopsite.settings.production",
        "SECRET_KEY": "Zq7-only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "shop.test", "SITE_URL": "https://shop.test",
        "EMAIL_URL": "smtp://mail.shop.test", "DEFAULT_FROM_EMAIL": "shop@shop.test",
        "STRIPE_SECRET_KEY": "sk_test_check", "STRIPE_WEBHOOK_SECRETS": "whsec_check",
        "SQLITE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=Path(project.BASE_DIR), env={**os.environ, **given},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_production_speaks_https_alone_and_keeps_its_cookies_to_itself(
    production: dict[str, object],
) -> None:
    expected = {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_PATH": "/",
        "CSRF_COOKIE_DOMAIN": None,
        "X_FRAME_OPTIONS": "DENY",
    }
    assert {name: production[name] for name in expected} == expected
