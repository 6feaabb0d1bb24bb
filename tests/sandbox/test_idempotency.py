import threading
from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.idempotency import fingerprint, reserve_key
from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession, MovableClock, connect, error_of


def post(sandbox: RunningSandbox, path: str, key: str, **data: str) -> requests.Response:
    return requests.post(
        f"{sandbox.base_url}/v1/{path}",
        auth=("sk_test_x", ""),
        headers={"Idempotency-Key": key},
        data=data,
        timeout=5,
    )


def test_same_key_and_body_give_the_same_answer_and_one_session(
    client: Any, order: dict[str, Any]
) -> None:
    first = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    second = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})

    assert second.to_dict() == first.to_dict()
    assert second.last_response.body == first.last_response.body
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Idempotency-Key"] == "co-1"
    assert len(client.checkout.sessions.list().data) == 1


def test_replay_shows_the_session_as_it_was_then(
    client: Any, order: dict[str, Any], sandbox: RunningSandbox
) -> None:
    first = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    sandbox.pay(first.id)
    replayed = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    assert replayed.status == "open"
    assert client.checkout.sessions.retrieve(first.id).status == "complete"


def test_same_key_with_other_parameters_is_refused(client: Any, order: dict[str, Any]) -> None:
    client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    with pytest.raises(stripe.IdempotencyError, match="same parameters") as caught:
        client.checkout.sessions.create(
            {**order, "client_reference_id": "order-2"}, {"idempotency_key": "co-1"}
        )
    assert caught.value.http_status == 400
    assert len(client.checkout.sessions.list().data) == 1


def test_same_key_at_another_endpoint_is_refused(client: Any, order: dict[str, Any]) -> None:
    client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    with pytest.raises(stripe.IdempotencyError):
        client.refunds.create({"payment_intent": "pi_1"}, {"idempotency_key": "co-1"})


def test_failed_validation_does_not_use_up_the_key(client: Any, order: dict[str, Any]) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.checkout.sessions.create({**order, "mode": "buy"}, {"idempotency_key": "co-1"})
    session = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    assert session.status == "open"


def test_refusal_of_a_working_endpoint_is_replayed(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()
    client.checkout.sessions.expire(session.id)
    first = post(sandbox, f"checkout/sessions/{session.id}/expire", "again")
    second = post(sandbox, f"checkout/sessions/{session.id}/expire", "again")
    assert first.status_code == second.status_code == 400
    assert first.content == second.content
    assert second.headers["Idempotent-Replayed"] == "true"


def test_key_in_use_is_a_conflict(
    sandbox: RunningSandbox, client: Any, order: dict[str, Any]
) -> None:
    with sandbox.store.transaction() as records:
        asked = fingerprint("POST", "/v1/refunds", [("charge", "ch_1")])
        reserve_key(records, key="busy", asked=asked, now=sandbox.now(), request_id="req_1")

    answer = post(sandbox, "refunds", "busy", charge="ch_1")

    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "idempotency_key_in_use"
    assert "Idempotent-Replayed" not in answer.headers


def test_simultaneous_requests_with_one_key_make_one_session(
    sandbox: RunningSandbox, order: dict[str, Any]
) -> None:
    ids: list[str] = []
    conflicts: list[str] = []
    barrier = threading.Barrier(6)

    def create() -> None:
        client = connect(sandbox, max_network_retries=0)
        barrier.wait()
        try:
            ids.append(client.checkout.sessions.create(order, {"idempotency_key": "one"}).id)
        except stripe.APIError as error:
            conflicts.append(error_of(error)["code"])

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) + len(conflicts) == 6
    assert len(set(ids)) == 1
    assert set(conflicts) <= {"idempotency_key_in_use"}
    assert len(connect(sandbox).checkout.sessions.list().data) == 1


def test_keys_are_forgotten_after_a_day(
    client: Any, order: dict[str, Any], clock: MovableClock
) -> None:
    first = client.checkout.sessions.create(order, {"idempotency_key": "co-1"})
    clock.moved = 24 * 3600 - 60
    assert client.checkout.sessions.create(order, {"idempotency_key": "co-1"}).id == first.id
    clock.moved = 24 * 3600 + 60
    assert client.checkout.sessions.create(order, {"idempotency_key": "co-1"}).id != first.id


def test_too_long_key_is_refused(sandbox: RunningSandbox) -> None:
    answer = post(sandbox, "refunds", "k" * 256, charge="ch_1")
    assert answer.status_code == 400
    assert "at most 255" in answer.json()["error"]["message"]


def test_order_of_parameters_does_not_matter() -> None:
    pairs = [("a", "1"), ("b", "2")]
    assert fingerprint("POST", "/x", pairs) == fingerprint("POST", "/x", pairs[::-1])
    assert fingerprint("POST", "/x", pairs) != fingerprint("POST", "/y", pairs)
