"""News of Stripe's that come late, of another time or version, and a webhook that must be quick."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import stripe
import time_machine
from django.http import HttpResponse

from orders.models import Invoice, Order, OutgoingEmail
from orders.status import OrderStatus
from tests.factories import make_product_page
from tests.faults.told_log import listening_to
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.shopper import Shopper

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(shopper: Shopper) -> Shopper:  # noqa: F811
    """At the checkout with two mugs."""
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper


def post(shopper: Shopper, body: bytes, headers: dict[str, str]) -> HttpResponse:  # noqa: F811
    return shopper.client.post(
        "/checkout/webhook/", data=body, content_type="application/json", headers=headers
    )


@pytest.mark.parametrize(("seconds", "ago"), [(-900, 900), (900, -900)])
def test_a_clock_that_is_far_off_refuses_webhooks_and_is_told_of(
    ready: Shopper, seconds: int, ago: int
) -> None:
    _order, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    event = ready.sandbox.events("checkout.session.completed")[-1]
    body, headers = ready.sandbox.signed_request(event)
    there = datetime.now(UTC) - timedelta(seconds=seconds)
    with listening_to("checkout.views.webhook") as told, time_machine.travel(there, tick=False):
        response = post(ready, body, headers)
    assert response.status_code == 400
    (words,) = told
    match = re.fullmatch(
        r"ERROR: A webhook that Stripe signed (-?\d+) seconds ago was refused."
        r" Is the clock here right\?",
        words,
    )
    assert match is not None
    assert abs(int(match[1]) - ago) <= 2
    assert Order.objects.get().status == OrderStatus.AWAITING_PAYMENT


def test_who_loses_the_connection_after_paying_gets_the_order_by_mail(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    assert ready.deliver().status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Invoice.objects.count() == 1
    assert OutgoingEmail.objects.filter(order=order, kind="order_confirmation").count() == 1


def test_news_that_are_three_days_late_are_taken_if_they_are_signed_now(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    event = ready.sandbox.events("checkout.session.completed")[-1]
    body, old_headers = ready.sandbox.signed_request(event)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        old = post(ready, body, old_headers)
        assert old.status_code == 400
        assert ready.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_an_event_of_another_api_version_is_read_and_told_of(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    event = ready.sandbox.events("checkout.session.completed")[-1]
    session = event["data"]["object"]
    for name in ("adaptive_pricing", "branding_settings", "livemode", "ui_mode", "wallet_options"):
        session.pop(name)
    session["amount_subtotal"] = {"of": "another shape"}
    event["api_version"] = "2020-08-27"
    with listening_to("checkout.views.webhook") as told:
        assert ready.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    words = "ERROR: Stripe writes its events in version 2020-08-27, and this shop reads"
    assert told == [f"{words} {stripe.api_version}: see its dashboard."]
    assert ready.deliver("payment_intent.succeeded").status_code == 200


def test_the_webhook_answers_without_speaking_to_anybody(
    ready: Shopper, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    """Neither Stripe nor a mail server nor the broker: what is slow there cannot be slow here."""
    _order, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    event = ready.sandbox.events("checkout.session.completed")[-1]
    body, headers = ready.sandbox.signed_request(event)

    spoken_to: list[str] = []

    def refuse(*args: object, **kwargs: object) -> None:
        spoken_to.append(repr(args))
        raise OSError("The webhook speaks to somebody.")

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks() as nudges:
        patch.setattr("socket.socket.connect", refuse)
        patch.setattr("socket.create_connection", refuse)
        patch.setattr("django.core.mail.message.EmailMessage.send", refuse)
        patch.setattr("shopsite.broker._publish", refuse)
        response = post(ready, body, headers)
    assert (response.status_code, spoken_to) == (200, [])
    assert Order.objects.get().status == OrderStatus.PAID
    assert len(nudges) == 2
