"""Whether Stripe still answers as the sandbox does. Every test here asks both the same."""

import copy
import json
from typing import Any

import pytest
import stripe

from stripe_sandbox.schema.objects import find_mismatches
from tests.live.shapes import list_differences
from tests.sandbox.merchant import ORDER, error_of

ITEM = ORDER["line_items"][0]


def body_of(answer: Any) -> dict[str, Any]:
    """The answer as it came over the wire; the SDK makes decimals of some of its strings."""
    body: dict[str, Any] = json.loads(answer.last_response.body)
    return body


def live_through(client: Any) -> dict[str, dict[str, Any]]:
    """The answers in the life of a session that nobody pays."""
    sessions = client.checkout.sessions
    created = sessions.create(copy.deepcopy(ORDER))
    try:
        answers = {
            "created": created,
            "retrieved": sessions.retrieve(created.id),
            "items": sessions.line_items.list(created.id),
        }
    finally:
        expired = sessions.expire(created.id)
    return {name: body_of(answer) for name, answer in {**answers, "expired": expired}.items()}


def refuse(client: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """The form of the error that an order with these changes is answered with."""
    params = {**copy.deepcopy(ORDER), **changes}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.checkout.sessions.create({k: v for k, v in params.items() if v is not None})
    error = error_of(caught.value)
    return {
        "status": caught.value.http_status,
        **{name: error.get(name) for name in ("type", "code", "param")},
    }


def test_session_is_created_retrieved_and_expired_as_in_the_sandbox(real: Any, played: Any) -> None:
    there, here = live_through(real), live_through(played)
    for answers in (there, here):
        for name in ("created", "retrieved"):
            session = answers[name]
            assert (session["status"], session["payment_status"]) == ("open", "unpaid")
            assert (session["amount_total"], session["currency"]) == (4498, "eur")
            assert (session["payment_intent"], session["livemode"]) == (None, False)
            assert session["id"].startswith("cs_test_")
        assert [item["amount_total"] for item in answers["items"]["data"]] == [3998, 500]
        expired = answers["expired"]
        assert (expired["status"], expired["url"]) == ("expired", None)
    assert list_differences(there, here) == []


def test_answers_of_stripe_pass_the_check_that_the_sandbox_makes_of_its_own(real: Any) -> None:
    mismatches = {name: find_mismatches(answer) for name, answer in live_through(real).items()}
    assert mismatches == {"created": [], "retrieved": [], "items": [], "expired": []}


@pytest.mark.parametrize(
    "changes",
    [
        {"line_items": None},
        {"success_url": "/orders/abc/"},
        {"mode": "sideways"},
        {"sandbox": "1"},
        {"expires_at": 1},
        {"line_items": [{**ITEM, "price_data": {**ITEM["price_data"], "unit_amount": 1}}]},
        {"customer_email": "nobody"},
    ],
    ids=["no_items", "relative_url", "enumeration", "unknown", "expiry", "too_small", "email"],
)
def test_wrong_order_is_refused_as_in_the_sandbox(
    real: Any, played: Any, changes: dict[str, Any]
) -> None:
    assert refuse(real, changes) == refuse(played, changes)


def test_unknown_session_is_missing_as_in_the_sandbox(real: Any, played: Any) -> None:
    answers = []
    for client in (real, played):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.checkout.sessions.retrieve("cs_test_none")
        answers.append((caught.value.http_status, caught.value.code, caught.value.param))
    assert answers[0] == answers[1]
