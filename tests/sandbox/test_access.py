from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import error_of


def get_events(sandbox: RunningSandbox, **options: Any) -> requests.Response:
    return requests.get(f"{sandbox.base_url}/v1/events", timeout=5, **options)


@pytest.mark.parametrize("key", ["sk_live_0123456789abcdefghij", "rk_live_0123456789abcdefghij"])
def test_live_keys_are_refused_and_not_repeated(sandbox: RunningSandbox, key: str) -> None:
    with pytest.raises(stripe.AuthenticationError, match="refuses live keys") as caught:
        stripe.StripeClient(key, base_addresses={"api": sandbox.base_url}).v1.events.list()
    assert caught.value.http_status == 401
    assert error_of(caught.value)["type"] == "invalid_request_error"
    assert key not in str(caught.value.http_body)


def test_missing_key_is_a_401(sandbox: RunningSandbox) -> None:
    answer = get_events(sandbox)
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert "did not provide an API key" in answer.json()["error"]["message"]
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_other_keys_are_refused(sandbox: RunningSandbox) -> None:
    answer = get_events(sandbox, headers={"Authorization": "Bearer pk_test_x"})
    assert answer.status_code == 401


def test_basic_authentication_is_accepted(sandbox: RunningSandbox) -> None:
    assert get_events(sandbox, auth=("sk_test_x", "")).status_code == 200


def test_other_api_version_is_refused(sandbox: RunningSandbox) -> None:
    client = stripe.StripeClient(
        "sk_test_x", base_addresses={"api": sandbox.base_url}, stripe_version="2024-06-20"
    )
    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version"):
        client.v1.events.list()


def test_unknown_url_has_the_error_envelope(sandbox: RunningSandbox) -> None:
    answer = requests.post(
        f"{sandbox.base_url}/v1/customers", auth=("sk_test_x", ""), data={"a": "b"}, timeout=5
    )
    assert answer.status_code == 404
    assert "Unrecognized request URL (POST: /v1/customers)" in answer.json()["error"]["message"]


def test_json_bodies_are_refused(sandbox: RunningSandbox) -> None:
    answer = requests.post(
        f"{sandbox.base_url}/v1/refunds", auth=("sk_test_x", ""), json={"charge": "x"}, timeout=5
    )
    assert answer.status_code == 400
    assert "Invalid content type" in answer.json()["error"]["message"]


def test_page_of_another_site_cannot_reach_the_sandbox_by_its_own_name(
    sandbox: RunningSandbox,
) -> None:
    answer = get_events(sandbox, auth=("sk_test_x", ""), headers={"Host": "evil.example"})
    assert answer.status_code == 400
