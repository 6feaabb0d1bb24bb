"""What arrives at the webhook's address: forged, stale, broken, too much of it, and many times."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkout.models import WebhookEvent
from orders.models import Invoice, Order, OrderEvent, OutgoingEmail, Payment
from orders.status import OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page
from tests.faults.delivering import WEBHOOK, event_body, post, signature
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.events import completed
from tests.flows.shopper import Shopper

BODY = event_body()
GOOD = signature(BODY)
STAMP, MARK = GOOD.split(",")


def assert_refused(body: bytes, header: str | None) -> None:
    """400 with nothing in it, and nobody asked the database."""
    with CaptureQueriesContext(connection) as queries:
        response = post(body, header)
    assert (response.status_code, response.content) == (400, b"")
    assert len(queries) == 0
    assert not WebhookEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        None, "", "garbage", "t=,v1=", MARK, f"{MARK},{MARK}", f"t=soon,{MARK}", STAMP,
        "x" * 10_000, f"{STAMP},{MARK.replace('v1', 'v0')}", f"{STAMP},v1=" + "0" * 64,
        signature(BODY, secret="whsec_other"),
    ],
    ids=range(12),
)  # fmt: skip
def test_without_a_signature_of_stripes_nothing_is_believed(header: str | None) -> None:
    assert_refused(BODY, header)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda body: body + b" ", lambda body: body[:-1] + b"]"])
def test_a_body_that_was_changed_by_one_byte_is_refused(change: Callable[[bytes], bytes]) -> None:
    assert_refused(change(BODY), GOOD)


@pytest.mark.django_db
@pytest.mark.parametrize("age", [310, 86_400, -310])
def test_a_genuine_body_of_another_time_is_refused(age: int) -> None:
    assert_refused(BODY, signature(BODY, age=age))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"", b"not json", b"[]", b"null", b"7", b"{}", event_body(object="v2.core.event"),
        event_body(data={"object": []}), event_body(created="yesterday"), b"\xff\xfe\x00",
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_signed_but_no_event_is_refused(body: bytes) -> None:
    assert_refused(body, signature(body))


@pytest.mark.django_db
def test_a_body_of_five_megabytes_is_not_read(settings) -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 5_000_000
    body = event_body(padding="x" * 5_000_000)
    assert post(body, signature(body)).status_code == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["whsec_new", "whsec_old"])
def test_while_a_secret_is_rolled_either_of_two_signatures_will_do(settings, first: str) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_old"]
    second = {"whsec_new": "whsec_old", "whsec_old": "whsec_new"}[first]
    stamp, mark = signature(BODY, secret=first).split(",")
    header = f"{stamp},{mark},{signature(BODY, secret=second).split(',')[1]}"
    assert post(BODY, header).status_code == 200
    assert WebhookEvent.objects.get().state == "unmatched"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_the_webhook_answers_to_no_other_method(method: str) -> None:
    assert getattr(Client(), method)(WEBHOOK).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "is_live"), [("sk_test_1", True), ("sk_live_1", False)])
def test_an_event_of_the_other_mode_is_kept_and_does_nothing(
    settings, key: str, is_live: bool
) -> None:
    settings.STRIPE_SECRET_KEY = key
    body = event_body(livemode=is_live)
    assert post(body, signature(body)).status_code == 200
    assert WebhookEvent.objects.get().state == "ignored"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("checkout.session.completed", "unmatched"),
        ("checkout.session.expired", "unmatched"),
        ("refund.created", "unmatched"),
        ("charge.dispute.created", "unmatched"),
        ("customer.created", "ignored"),
        ("x" * 500, "ignored"),
    ],
)
def test_what_nobody_here_knows_is_kept_and_answered(kind: str, state: str) -> None:
    body = event_body(type=kind)
    assert post(body, signature(body)).status_code == 200
    assert WebhookEvent.objects.get().state == state


@pytest.mark.django_db
def test_five_hundred_forged_posts_reach_no_table() -> None:
    client = Client()
    headers = {"Stripe-Signature": signature(BODY, secret="whsec_guessed")}
    with CaptureQueriesContext(connection) as queries:
        answers = {
            client.post(
                WEBHOOK, data=BODY, content_type="application/json", headers=headers
            ).status_code
            for _post in range(500)
        }
    assert (answers, len(queries)) == ({400}, 0)


# --- One event, many times --------------------------------------------------------------------


def traces() -> tuple:
    """All rows that the event of a payment may leave, with all that is in them."""
    models = (WebhookEvent, Payment, Invoice, OrderEvent, OutgoingEmail, StockRecord, Order)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def test_a_thousand_deliveries_of_one_event_change_one_row(shopper: Shopper) -> None:  # noqa: F811
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    body, headers = shopper.sandbox.signed_request(completed(shopper, session_id))
    assert post(body, headers["Stripe-Signature"]).status_code == 200
    after_the_first = traces()
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert [len(rows) for rows in after_the_first[:3]] == [1, 1, 1]
    assert sorted(mail["kind"] for mail in after_the_first[4]) == [
        "order_confirmation", "staff_new_order",
    ]  # fmt: skip
    client = Client()
    again = {
        client.post(
            WEBHOOK, data=body, content_type="application/json", headers=headers
        ).status_code
        for _delivery in range(999)
    }
    assert again == {200}
    assert traces() == after_the_first
