import json
import time
from pathlib import Path
from typing import Any

import pytest
import stripe

from stripe_sandbox.courier import retry_delay
from stripe_sandbox.posting import sign_payload
from stripe_sandbox.settings import Settings
from stripe_sandbox.testing import Outcome, RunningSandbox, running_sandbox
from tests.sandbox.merchant import MovableClock, connect, press_pay
from tests.sandbox.receiver import Receiver


def create(running: RunningSandbox, order: dict[str, Any]) -> Any:
    return connect(running).checkout.sessions.create(order)


def test_payment_is_announced_with_signed_events(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    session = create(sending, order)
    sending.pay(session.id)
    sending.wait_for_deliveries()

    assert receiver.types() == [
        "charge.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    (completed,) = [
        d.event for d in receiver.received if d.event.type == "checkout.session.completed"
    ]
    paid = connect(sending).checkout.sessions.retrieve(session.id)
    assert completed.data.object.to_dict() == paid.to_dict()
    assert completed.api_version == stripe.api_version
    assert completed.livemode is False
    assert completed.pending_webhooks == 1


def test_delivery_looks_like_one_of_stripe(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.expire(create(sending, order).id)
    receiver.wait_for(1)
    delivered = receiver.received[0]
    assert delivered.headers["User-Agent"] == "Stripe/1.0 (+https://stripe.com/docs/webhooks)"
    assert delivered.headers["Content-Type"] == "application/json; charset=utf-8"
    assert (
        delivered.body
        == json.dumps(json.loads(delivered.body), indent=2, ensure_ascii=False).encode()
    )
    assert delivered.event.type == "checkout.session.expired"


def test_signature_is_the_one_the_sdk_makes() -> None:
    payload, secret = b'{"name": "T\xc3\xa9"}', "whsec_x"
    header = sign_payload(payload, secret, 1700000000)
    assert header == stripe.WebhookSignature.generate_signature_header(
        payload.decode(), secret, 1700000000
    )


def test_wrong_secret_does_not_verify(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.expire(create(sending, order).id)
    receiver.wait_for(1)
    delivered = receiver.received[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(
            delivered.body, delivered.headers["Stripe-Signature"], "whsec_other"
        )


def test_event_caused_by_the_api_names_its_request(
    sending: RunningSandbox, order: dict[str, Any]
) -> None:
    session = create(sending, order)
    connect(sending).checkout.sessions.expire(session.id, {}, {"idempotency_key": "end-1"})
    (event,) = sending.events("checkout.session.expired")
    assert event["request"]["idempotency_key"] == "end-1"
    assert event["request"]["id"].startswith("req_")


@pytest.mark.parametrize("status", [500, 404, 302])
def test_refused_delivery_is_tried_again_with_the_same_event(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], status: int
) -> None:
    receiver.statuses = [status, status]
    sending.expire(create(sending, order).id)
    sending.wait_for_deliveries()

    assert len(receiver.received) == 3
    assert len({delivered.event.id for delivered in receiver.received}) == 1
    (delivery,) = sending.deliveries("checkout.session.expired")
    assert (delivery.state, delivery.attempts) == ("delivered", 3)
    assert [attempt.status for attempt in delivery.log] == [status, status, 200]


def test_each_try_is_signed_afresh(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], clock: MovableClock
) -> None:
    receiver.statuses = [500]
    sending.expire(create(sending, order).id)
    receiver.wait_for(1)
    clock.moved = 100
    receiver.wait_for(2)
    first, second = (d.headers["Stripe-Signature"] for d in receiver.received)
    stamps = [int(header.split(",")[0].removeprefix("t=")) for header in (first, second)]
    assert 100 <= stamps[1] - stamps[0] <= 102
    assert receiver.received[0].body == receiver.received[1].body


def test_retries_come_later_and_later() -> None:
    settings = Settings(database=Path("unused"), retry_base=1.0, retry_limit=300.0)
    delays = [retry_delay(attempts, settings) for attempts in range(1, 12)]
    assert delays == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_delivery_is_given_up_after_three_days(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], clock: MovableClock
) -> None:
    receiver.statuses = [500] * 50
    sending.expire(create(sending, order).id)
    receiver.wait_for(1)
    clock.moved = 3 * 24 * 3600 + 1
    sending.wait_for_deliveries()
    (delivery,) = sending.deliveries()
    assert delivery.state == "failed"
    assert delivery.log[-1].status == 500


def test_payer_does_not_wait_long_for_a_shop_that_hangs(
    receiver: Receiver, order: dict[str, Any]
) -> None:
    receiver.delay = 5
    with running_sandbox(
        webhook_url=receiver.url, webhook_wait=0.2, webhook_timeout=0.3
    ) as running:
        session = create(running, order)
        started = time.monotonic()
        answer = press_pay(session.url)
        assert answer.status_code == 303
        assert 0.2 <= time.monotonic() - started < 2
        deadline = time.monotonic() + 3
        while not running.deliveries("checkout.session.completed")[0].log:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        (delivery,) = running.deliveries("checkout.session.completed")
        assert delivery.log[0].status is None
        assert delivery.log[0].error == "No answer in time."


def test_shop_hears_of_the_payment_before_its_payer_comes_back(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    session = create(sending, order)
    press_pay(session.url)
    assert sending.deliveries("checkout.session.completed")[0].state == "delivered"


def test_undelivered_events_go_out_after_a_restart(
    receiver: Receiver, order: dict[str, Any], tmp_path: Path
) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(webhook_url="http://127.0.0.1:9/", database=database) as running:
        session = create(running, order)
        running.expire(session.id)
        deadline = time.monotonic() + 3
        while not running.deliveries()[0].log and time.monotonic() < deadline:
            time.sleep(0.01)
        (delivery,) = running.deliveries()
        assert (delivery.state, delivery.log[0].error) == ("pending", "No connection.")
    with running_sandbox(webhook_url=receiver.url, database=database) as running:
        running.wait_for_deliveries()
        (delivery,) = running.deliveries()
        assert delivery.state == "delivered"
    assert receiver.received[0].event.data.object.id == session.id


def test_events_are_listed_by_type_and_by_delivery(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    events = connect(sending).events
    sending.pay(create(sending, order).id)
    sending.wait_for_deliveries()
    receiver.statuses = [500] * 50
    sending.expire(create(sending, order).id)
    receiver.wait_for(5)

    undelivered = events.list({"delivery_success": False}).data
    assert [event.type for event in undelivered] == ["checkout.session.expired"]
    assert undelivered[0].pending_webhooks == 1
    assert len(events.list({"delivery_success": True}).data) == 4
    assert [e.type for e in events.list({"type": "charge.succeeded"})] == ["charge.succeeded"]
    assert len(events.list({"type": "payment_intent.*"}).data) == 2
    both = events.list({"types": ["charge.succeeded", "checkout.session.expired"]})
    assert [e.type for e in both] == ["checkout.session.expired", "charge.succeeded"]
    assert events.list({"created": {"gt": int(time.time()) + 5}}).data == []
    one = events.retrieve(both.data[1].id)
    assert (one.type, one.pending_webhooks) == ("charge.succeeded", 0)


def test_type_and_types_exclude_each_other(client: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.events.list({"type": "a", "types": ["b"]})
    assert caught.value.code == "parameters_exclusive"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.events.list({"types": ["charge.succeeded"] * 21})
    assert caught.value.param == "types"


def test_unknown_event_is_a_404(client: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.events.retrieve("evt_none")
    assert caught.value.http_status == 404


def test_webhook_endpoint_is_listed(sending: RunningSandbox, receiver: Receiver) -> None:
    (endpoint,) = connect(sending).webhook_endpoints.list().data
    assert endpoint.url == receiver.url
    assert endpoint.api_version == stripe.api_version
    assert endpoint.enabled_events == ["*"]


def test_sandbox_without_address_sends_nothing(
    sandbox: RunningSandbox, client: Any, order: dict[str, Any]
) -> None:
    session = client.checkout.sessions.create(order)
    assert sandbox.pay(session.id).outcome is Outcome.PAID
    assert sandbox.deliveries() == []
    assert client.webhook_endpoints.list().data == []
    assert client.events.list().data[0].pending_webhooks == 0


def test_event_can_be_posted_by_other_means(
    sandbox: RunningSandbox, client: Any, order: dict[str, Any]
) -> None:
    sandbox.pay(client.checkout.sessions.create(order).id)
    (event,) = sandbox.events("checkout.session.completed")
    body, headers = sandbox.signed_request(event)
    verified = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], "whsec_test")
    assert verified.id == event["id"]
