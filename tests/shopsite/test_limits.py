"""One client cannot do without end what costs the shop something."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from checkout.attention import MANY_REFUSED, notice_of_card_testing
from checkout.models import ShippingMethod, WebhookEvent
from home.models import HomePage
from orders.models import Order
from shopsite.limits import LIMITS, Limit
from tests.factories import make_order, make_product_page, make_user
from tests.flows.shopper import CONTACT

pytestmark = pytest.mark.usefixtures("site", "empty_cache", "two_at_most")

OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LOG_IN = "/account/log-in/forged/"


@pytest.fixture
def two_at_most(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLIENT_LIMIT_FACTOR = 1
    for name, limit in LIMITS.items():
        monkeypatch.setitem(LIMITS, name, Limit(2, limit.seconds))


@pytest.fixture
def order(site: HomePage) -> Order:
    return make_order()


def post(path: str, **data: str) -> HttpResponse:
    """By a client that comes without a cookie each time."""
    return Client().post(path, data, **OWN)


WAYS: dict[str, Callable[[Order], HttpResponse]] = {
    "add": lambda order: post("/cart/add/", sku="MUG"),
    "add many": lambda order: post("/cart/add-many/"),
    "add again": lambda order: post(f"/orders/{order.token}/again/"),
    "pay": lambda order: post(f"/orders/{order.token}/pay/"),
    "new link": lambda order: post(f"/orders/{Order.objects.get().token}/new-link/"),
    "account": lambda order: post(f"/orders/{order.token}/account/"),
    "log-in link": lambda order: post(LOG_IN),
    "password reset": lambda order: post("/admin/password_reset/", email="a@example.com"),
}


@pytest.mark.parametrize("way", WAYS)
def test_above_its_limit_a_client_is_told_how_long_to_wait(order: Order, way: str) -> None:
    Order.objects.update(status="paid")
    with time_machine.travel(datetime(2026, 11, 3, 12, 0, 20, tzinfo=UTC), tick=False):
        statuses = [WAYS[way](order).status_code for _number in range(2)]
        answer = WAYS[way](order)
    assert 429 not in statuses
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] in ("40", "580")
    assert "Please wait" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Client().cookies


def test_the_limit_is_over_after_its_time_and_is_of_one_client_alone(order: Order) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 12, 0, 20, tzinfo=UTC), tick=False) as clock:
        for _number in range(2):
            WAYS["add"](order)
        assert WAYS["add"](order).status_code == 429
        other = Client().post("/cart/add/", {"sku": "MUG"}, REMOTE_ADDR="192.0.2.9", **OWN)
        assert other.status_code == 302
        clock.shift(41)
        assert WAYS["add"](order).status_code == 302


def test_looking_is_never_limited(order: Order) -> None:
    for _number in range(4):
        assert Client().get(f"/orders/{order.token}/").status_code == 200
        assert Client().get(LOG_IN).status_code == 200


def test_a_foreign_post_is_refused_and_not_counted(order: Order) -> None:
    for _number in range(4):
        assert Client().post("/cart/add/", {"sku": "MUG"}).status_code == 403
    assert WAYS["add"](order).status_code == 302


def test_guessing_secrets_ends_and_a_true_link_still_opens(order: Order) -> None:
    """G1: a miss tells nothing else than that there is nothing. Many share an address, and none of
    them loses an order because another one guesses."""
    first, second = (Client().get(f"/orders/guess{n}/") for n in range(2))
    assert (first.status_code, second.status_code) == (404, 404)
    assert Client().get("/orders/guess3/").status_code == 429
    assert Client().get(f"/orders/{order.token}/").status_code == 200
    assert Client().get("/orders/guess3/", REMOTE_ADDR="192.0.2.9").status_code == 404


def test_one_client_holds_so_much_and_no_more() -> None:
    """G15: new sessions do not help; each order holds stock until it is paid or over."""
    ShippingMethod.objects.create(name="Parcel", price="4.90")
    page = make_product_page("Mug", sku="MUG", on_hand=9)
    placed = []
    for number in range(3):
        client = Client()
        client.post("/cart/add/", {"sku": "MUG"}, REMOTE_ADDR=f"198.51.100.{number}", **OWN)
        form = client.get("/checkout/").context["form"].initial
        data = {key: form[key] for key in ("checkout_token", "quote", "shipping_method")}
        placed.append(client.post("/checkout/", {**CONTACT, **data}).status_code)
    stock = page.product.variants.get().stock
    assert placed == [503, 503, 429], "Stripe is not there; the order stands all the same."
    assert (Order.objects.count(), stock.allocated) == (2, 2)


@pytest.mark.parametrize(
    ("path", "limit"), [("/newsletter/", 5), ("/orders/find/", 5), ("/account/log-in/", 5)]
)
def test_forms_say_how_long_to_wait(path: str, limit: int) -> None:
    for _number in range(limit):
        assert post(path, email="ada@example.com").status_code == 200  # Without a stamp.
    answer = post(path, email="ada@example.com")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 600


# --- Cards --------------------------------------------------------------------------------------


def refuse(number: int, *, kind: str = "payment_intent.payment_failed") -> None:
    WebhookEvent.objects.bulk_create(
        WebhookEvent(
            event_id=f"evt_{kind}_{n}", type=kind, state="ignored", created_at=timezone.now()
        )
        for n in range(number)
    )


def test_many_refused_payments_in_an_hour_are_told_to_the_staff() -> None:
    """G16"""
    boss, editor = make_user("boss", is_superuser=True), make_user("editor")
    refuse(MANY_REFUSED - 1)
    refuse(9, kind="payment_intent.created")
    assert notice_of_card_testing(boss) is None
    WebhookEvent.objects.all().delete()
    refuse(MANY_REFUSED)
    notice = notice_of_card_testing(boss)
    assert notice is not None
    assert "20 payments were refused in an hour." in str(notice.words)
    assert notice_of_card_testing(editor) is None
    WebhookEvent.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert notice_of_card_testing(boss) is None
