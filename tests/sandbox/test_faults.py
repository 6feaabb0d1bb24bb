"""Faults of the API, as the SDK meets them."""

import threading
import time
from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.control_client import ControlRefused
from stripe_sandbox.controls.faults import KINDS, LABELS
from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import connect

CREATE = "POST /v1/checkout/sessions"


def connect_once(running: RunningSandbox, *, patience: float = 10) -> Any:
    """Asks once, and waits so many seconds for the answer."""
    patient = stripe.RequestsClient(timeout=(5, patience))
    return connect(running, max_network_retries=0, http_client=patient)


def count_sessions(running: RunningSandbox) -> int:
    with running.store.reading() as records:
        return len(records.list_all("checkout.session"))


@pytest.mark.parametrize(
    ("kind", "error", "status", "done"),
    [
        ("refuse", stripe.APIConnectionError, None, 0),
        ("hang", stripe.APIConnectionError, None, 0),
        ("cut", stripe.APIConnectionError, None, 1),
        ("cut_within", stripe.APIConnectionError, None, 1),
        ("hang_after", stripe.APIConnectionError, None, 1),
        ("garbage", stripe.APIError, 200, 1),
        ("rate_limit", stripe.RateLimitError, 429, 0),
        ("server_error", stripe.APIError, 500, 0),
        ("server_error_stored", stripe.APIError, 500, 0),
        ("unauthorized", stripe.AuthenticationError, 401, 0),
        ("forbidden", stripe.PermissionError, 403, 0),
        ("bad_request", stripe.InvalidRequestError, 400, 0),
        ("conflict", stripe.APIError, 409, 0),
    ],
)
def test_a_fault_is_met_once_and_then_the_same_key_gives_one_session(
    sandbox: RunningSandbox,
    order: dict[str, Any],
    kind: str,
    error: type[Exception],
    status: int | None,
    done: int,
) -> None:
    client = connect_once(sandbox, patience=1 if kind.startswith("hang") else 10)
    sandbox.control.fail(kind, CREATE)
    with pytest.raises(error) as caught:
        client.checkout.sessions.create(order, {"idempotency_key": "one"})
    assert caught.value.http_status == status  # type: ignore[attr-defined]
    assert count_sessions(sandbox) == done
    key = "two" if kind == "server_error_stored" else "one"
    client.checkout.sessions.create(order, {"idempotency_key": key})
    assert count_sessions(sandbox) == 1
    (first, second) = sandbox.control.requests("/v1/checkout/sessions")
    assert (first["fault"], second["fault"]) == (kind, None)
    assert second["replayed"] is bool(done)
    assert second["params"]["line_items"]["0"]["price_data"]["unit_amount"] == "1999"


def test_a_remembered_error_is_the_answer_to_its_key(
    sandbox: RunningSandbox, order: dict[str, Any]
) -> None:
    client = connect_once(sandbox)
    sandbox.control.fail("server_error_stored", CREATE)
    for _try in range(2):
        with pytest.raises(stripe.APIError) as caught:
            client.checkout.sessions.create(order, {"idempotency_key": "one"})
        assert caught.value.http_status == 500
    assert [r["replayed"] for r in sandbox.control.requests()] == [False, True]


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("conflict", "true"),
        ("server_error", "true"),
        ("server_error_stored", "false"),
        ("bad_request", "false"),
        ("rate_limit", None),
    ],
)
def test_an_error_says_whether_trying_again_may_help(
    sandbox: RunningSandbox, order: dict[str, Any], kind: str, advice: str | None
) -> None:
    sandbox.control.fail(kind, CREATE)
    with pytest.raises(stripe.StripeError) as caught:
        connect_once(sandbox).checkout.sessions.create(order, {"idempotency_key": "one"})
    assert caught.value.headers is not None
    assert caught.value.headers.get("Stripe-Should-Retry") == advice


def test_a_late_answer_is_the_usual_one(sandbox: RunningSandbox, order: dict[str, Any]) -> None:
    sandbox.control.fail("slow", seconds=0.1)
    started = time.monotonic()
    assert connect(sandbox).checkout.sessions.create(order).status == "open"
    assert time.monotonic() - started >= 0.1


def test_a_fault_spoils_only_its_endpoint_and_only_so_often(
    sandbox: RunningSandbox, order: dict[str, Any]
) -> None:
    sandbox.control.fail("rate_limit", "GET /v1/checkout/sessions/*", times=2)
    client = connect(sandbox, max_network_retries=0)
    session = client.checkout.sessions.create(order)
    for _try in range(2):
        with pytest.raises(stripe.RateLimitError):
            client.checkout.sessions.retrieve(session.id)
    assert client.checkout.sessions.retrieve(session.id).id == session.id
    assert sandbox.control.state()["faults"] == []


def test_faults_without_end_and_connections_that_hang_end_when_faults_are_cleared(
    sandbox: RunningSandbox,
) -> None:
    sandbox.control.fail("hang", times=None)
    errors: list[Exception] = []

    def ask() -> None:
        try:
            connect(sandbox, max_network_retries=0).events.list()
        except stripe.APIConnectionError as error:
            errors.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not sandbox.control.requests():
        time.sleep(0.01)
    assert asking.is_alive()
    sandbox.control.clear_faults()
    asking.join(timeout=5)
    assert len(errors) == 1
    assert connect(sandbox).events.list().data == []


def test_a_fault_nobody_knows_is_refused_in_words(sandbox: RunningSandbox) -> None:
    with pytest.raises(ControlRefused, match="kind: Input should be 'slow'"):
        sandbox.control.fail("meteor")
    with pytest.raises(ControlRefused, match="times: Input should be greater than or equal to 1"):
        sandbox.control.fail("slow", times=0)
    assert sandbox.control.state()["faults"] == []


def test_every_fault_has_words_for_people() -> None:
    assert set(LABELS) == set(KINDS)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_of_another_site_reaches_the_controls(sandbox: RunningSandbox, site: str) -> None:
    url = f"{sandbox.base_url}/_sandbox/faults"
    answer = requests.post(url, json={"kind": "slow"}, headers={"Sec-Fetch-Site": site}, timeout=5)
    assert answer.status_code == 403
    typed = requests.post(url, data={"kind": "slow"}, timeout=5)
    assert typed.status_code == 415
    assert sandbox.control.state()["faults"] == []
