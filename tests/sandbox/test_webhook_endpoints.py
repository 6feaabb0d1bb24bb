import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.sandbox.merchant import MovableClock, connect, error_of
from tests.sandbox.receiver import Receiver, running_receiver

EXPIRED, COMPLETED = "checkout.session.expired", "checkout.session.completed"


@pytest.fixture
def other() -> Iterator[Receiver]:
    """A second address."""
    with running_receiver() as running:
        yield running


def add(running: RunningSandbox, url: str, *types: str, **params: Any) -> Any:
    wanted = {"url": url, "enabled_events": list(types) or ["*"], **params}
    return connect(running).webhook_endpoints.create(wanted)


def expire_one(running: RunningSandbox, order: dict[str, Any]) -> None:
    running.expire(connect(running).checkout.sessions.create(order).id)


def types_of(receiver: Receiver) -> list[str]:
    return sorted(json.loads(delivered.body)["type"] for delivered in receiver.received)


def test_endpoint_tells_its_secret_once(sandbox: RunningSandbox, other: Receiver) -> None:
    made = add(
        sandbox, other.url, COMPLETED, EXPIRED, description="A ledger", metadata={"of": "ledger"}
    )
    assert made.secret.startswith("whsec_")
    assert len(made.secret) == 38
    kept = {key: value for key, value in made.to_dict().items() if key != "secret"}
    assert kept == {
        "id": made.id,
        "object": "webhook_endpoint",
        "api_version": None,
        "application": None,
        "created": made.created,
        "description": "A ledger",
        "enabled_events": [COMPLETED, EXPIRED],
        "livemode": False,
        "metadata": {"of": "ledger"},
        "status": "enabled",
        "url": other.url,
    }
    endpoints = connect(sandbox).webhook_endpoints
    assert endpoints.retrieve(made.id).to_dict() == kept
    assert [one.to_dict() for one in endpoints.list().data] == [kept]


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"url": None}, "url", "parameter_missing"),
        ({"enabled_events": None}, "enabled_events", "parameter_missing"),
        ({"enabled_events": ["order.made"]}, "enabled_events[0]", None),
        ({"url": "/webhook/"}, "url", "url_invalid"),
        ({"url": "https://shop.example/webhook/"}, "url", "url_invalid"),
        ({"api_version": "1999-01-01"}, "api_version", None),
        ({"api_version": "2020-08-27"}, "api_version", None),
        ({"connect": True}, "connect", None),
        ({"disabled": True}, "disabled", "parameter_unknown"),
    ],
)
def test_endpoint_that_breaks_a_rule_is_not_made(
    client: Any, changes: dict[str, Any], param: str, code: str | None
) -> None:
    asked = {"url": "http://127.0.0.1:9/", "enabled_events": ["*"], **changes}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.webhook_endpoints.create({k: v for k, v in asked.items() if v is not None})
    error = error_of(caught.value)
    assert (caught.value.http_status, error["param"], error.get("code")) == (400, param, code)
    assert client.webhook_endpoints.list().data == []


def test_account_has_sixteen_endpoints_at_most(sending: RunningSandbox) -> None:
    for _more in range(15):
        add(sending, "http://127.0.0.1:9/", "account.updated")
    with pytest.raises(stripe.InvalidRequestError, match="maximum of 16"):
        add(sending, "http://127.0.0.1:9/", "account.updated")


def test_endpoint_is_asked_for_the_version_the_sandbox_plays(sandbox: RunningSandbox) -> None:
    made = add(sandbox, "http://127.0.0.1:9/", api_version=stripe.api_version)
    assert made.api_version == stripe.api_version


def test_each_endpoint_gets_what_it_asked_for_with_its_own_secret(
    sending: RunningSandbox, receiver: Receiver, other: Receiver, order: dict[str, Any]
) -> None:
    made = add(sending, other.url, COMPLETED, "charge.succeeded")
    sending.pay(connect(sending).checkout.sessions.create(order).id)
    sending.wait_for_deliveries()

    assert receiver.types() == [
        "charge.succeeded",
        COMPLETED,
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    assert types_of(other) == ["charge.succeeded", COMPLETED]
    for delivered in other.received:
        signature = delivered.headers["Stripe-Signature"]
        event = stripe.Webhook.construct_event(delivered.body, signature, made.secret)
        assert event.pending_webhooks == 2
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(delivered.body, signature, "whsec_test")
    (intent,) = [d.event for d in receiver.received if d.event.type == "payment_intent.succeeded"]
    assert intent.pending_webhooks == 1


def test_event_that_no_endpoint_wants_is_listed_and_not_sent(
    sandbox: RunningSandbox, other: Receiver, order: dict[str, Any]
) -> None:
    add(sandbox, other.url, COMPLETED)
    expire_one(sandbox, order)
    session = connect(sandbox).checkout.sessions.create(order)
    sandbox.pay(session.id)
    sandbox.wait_for_deliveries()

    assert types_of(other) == [COMPLETED]
    (expired,) = connect(sandbox).events.list({"type": EXPIRED}).data
    assert expired.pending_webhooks == 0
    assert sandbox.deliveries(EXPIRED) == []
    page = requests.get(f"{sandbox.base_url}/events/{expired.id}", timeout=5).text
    assert "no webhook endpoint wanted it" in page


def test_endpoints_are_tried_apart_from_each_other(
    sending: RunningSandbox, receiver: Receiver, other: Receiver, order: dict[str, Any]
) -> None:
    made = add(sending, other.url, EXPIRED)
    other.statuses = [500] * 50
    expire_one(sending, order)
    other.wait_for(2)

    (event,) = connect(sending).events.list({"type": EXPIRED}).data
    assert event.pending_webhooks == 1
    given, refusing = sending.deliveries(EXPIRED)
    assert (given.endpoint, given.state, given.attempts) == ("", "delivered", 1)
    assert (refusing.endpoint, refusing.state, refusing.log[0].status) == (made.id, "pending", 500)
    assert requests.get(sending.base_url, timeout=5).text.count("pending (500") == 1

    other.statuses = []
    sending.wait_for_deliveries()
    assert connect(sending).events.retrieve(event.id).pending_webhooks == 0
    assert len(receiver.received) == 1
    page = requests.get(f"{sending.base_url}/events/{event.id}", timeout=5).text
    assert f"<code>{receiver.url}</code>" in page
    assert f"<code>{other.url}</code>" in page


def test_event_is_sent_again_to_each_endpoint_it_was_meant_for(
    sending: RunningSandbox, receiver: Receiver, other: Receiver, order: dict[str, Any]
) -> None:
    made = add(sending, other.url, EXPIRED)
    expire_one(sending, order)
    sending.wait_for_deliveries()
    (event,) = sending.events(EXPIRED)
    sending.control.resend(event["id"])
    assert (len(receiver.received), len(other.received)) == (2, 2)

    connect(sending).webhook_endpoints.delete(made.id)
    sending.control.resend(event["id"])
    assert (len(receiver.received), len(other.received)) == (3, 2)
    assert [delivery.state for delivery in sending.deliveries(EXPIRED)] == ["delivered"] * 2


def test_changed_endpoint_gets_what_it_wants_now(
    sandbox: RunningSandbox, receiver: Receiver, other: Receiver, order: dict[str, Any]
) -> None:
    endpoints = connect(sandbox).webhook_endpoints
    made = add(sandbox, receiver.url, COMPLETED, metadata={"a": "1", "b": "2"})
    changed = endpoints.update(
        made.id,
        {
            "url": other.url,
            "enabled_events": [EXPIRED],
            "description": "Moved",
            "metadata": {"a": "", "c": "3"},
        },
    )
    assert (changed.url, changed.enabled_events) == (other.url, [EXPIRED])
    assert (changed.description, changed.metadata.to_dict()) == ("Moved", {"b": "2", "c": "3"})
    assert "secret" not in changed.to_dict()

    expire_one(sandbox, order)
    sandbox.wait_for_deliveries()
    assert (types_of(receiver), types_of(other)) == ([], [EXPIRED])


def test_disabled_endpoint_gets_nothing_until_it_is_enabled_again(
    sandbox: RunningSandbox, other: Receiver, order: dict[str, Any]
) -> None:
    endpoints = connect(sandbox).webhook_endpoints
    made = add(sandbox, other.url)
    assert endpoints.update(made.id, {"disabled": True}).status == "disabled"
    expire_one(sandbox, order)
    assert sandbox.deliveries() == []
    assert "sent nowhere" in requests.get(sandbox.base_url, timeout=5).text

    assert endpoints.update(made.id, {"disabled": False}).status == "enabled"
    expire_one(sandbox, order)
    sandbox.wait_for_deliveries()
    assert types_of(other) == [EXPIRED]


def test_what_a_deleted_endpoint_waits_for_is_given_up(
    sandbox: RunningSandbox, other: Receiver, order: dict[str, Any]
) -> None:
    endpoints = connect(sandbox).webhook_endpoints
    made = add(sandbox, other.url)
    sandbox.control.deliver(hold=True)
    expire_one(sandbox, order)
    assert endpoints.delete(made.id).to_dict() == {
        "id": made.id,
        "object": "webhook_endpoint",
        "deleted": True,
    }
    sandbox.control.release()
    sandbox.wait_for_deliveries()

    (delivery,) = sandbox.deliveries(EXPIRED)
    assert (delivery.state, delivery.log[0].status) == ("failed", None)
    assert delivery.log[0].error == "The endpoint is disabled or deleted."
    assert other.received == []
    for forgotten in (
        lambda: endpoints.retrieve(made.id),
        lambda: endpoints.update(made.id, {"disabled": True}),
        lambda: endpoints.delete(made.id),
    ):
        with pytest.raises(stripe.InvalidRequestError, match="No such webhook endpoint") as caught:
            forgotten()
        assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_endpoint_of_the_settings_is_read_and_not_changed(
    sending: RunningSandbox, receiver: Receiver, other: Receiver
) -> None:
    endpoints = connect(sending).webhook_endpoints
    made = add(sending, other.url)
    newer, given = endpoints.list().data
    assert (newer.id, given.url) == (made.id, receiver.url)
    assert endpoints.retrieve(given.id).to_dict() == given.to_dict()
    for change in (
        lambda: endpoints.update(given.id, {"disabled": True}),
        lambda: endpoints.delete(given.id),
    ):
        with pytest.raises(stripe.InvalidRequestError, match="the sandbox was started with"):
            change()
    assert endpoints.retrieve(given.id).status == "enabled"


def test_endpoint_and_its_secret_outlive_a_restart(
    other: Receiver, order: dict[str, Any], tmp_path: Path, clock: MovableClock
) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(database=database) as running:
        made = add(running, other.url, EXPIRED)
    with running_sandbox(database=database) as running:
        expire_one(running, order)
        running.wait_for_deliveries()
    (delivered,) = other.received
    signature = delivered.headers["Stripe-Signature"]
    event = stripe.Webhook.construct_event(delivered.body, signature, made.secret)
    assert event.type == EXPIRED


def test_file_of_a_time_with_one_address_goes_on(
    receiver: Receiver, order: dict[str, Any], tmp_path: Path
) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(webhook_url="http://127.0.0.1:9/", database=database) as running:
        expire_one(running, order)
    connection = sqlite3.connect(database)
    connection.execute("ALTER TABLE delivery DROP COLUMN endpoint")
    connection.close()
    with running_sandbox(webhook_url=receiver.url, database=database) as running:
        running.wait_for_deliveries()
    assert receiver.types() == [EXPIRED]
