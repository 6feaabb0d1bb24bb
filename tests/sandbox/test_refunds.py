from typing import Any

import pytest
import stripe

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession


@pytest.fixture
def paid(create: CreateSession, client: Any, sandbox: RunningSandbox) -> Any:
    session = create()
    sandbox.pay(session.id)
    return client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})


def refund_types(sandbox: RunningSandbox) -> list[str]:
    return [e["type"] for e in sandbox.events() if "refund" in e["type"]]


def test_whole_payment_is_refunded(paid: Any, client: Any, sandbox: RunningSandbox) -> None:
    intent = paid.payment_intent
    refund = client.refunds.create(
        {
            "payment_intent": intent.id,
            "reason": "requested_by_customer",
            "metadata": {"refund": "r-1"},
        }
    )

    assert refund.id.startswith("re_")
    assert (refund.amount, refund.currency, refund.status) == (4498, "eur", "succeeded")
    assert refund.charge == intent.latest_charge
    assert refund.payment_intent == intent.id
    assert refund.reason == "requested_by_customer"
    assert refund.metadata.to_dict() == {"refund": "r-1"}
    charge = client.charges.retrieve(intent.latest_charge, {"expand": ["refunds"]})
    assert (charge.amount_refunded, charge.refunded) == (4498, True)
    assert [r.id for r in charge.refunds.data] == [refund.id]
    assert client.refunds.retrieve(refund.id).to_dict() == refund.to_dict()
    assert refund_types(sandbox) == ["refund.created", "charge.refunded", "refund.updated"]


def test_payment_is_refunded_in_parts_and_not_beyond(
    paid: Any, client: Any, sandbox: RunningSandbox
) -> None:
    charge = paid.payment_intent.latest_charge
    client.refunds.create({"charge": charge, "amount": 1000})
    assert client.charges.retrieve(charge).refunded is False

    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded") as caught:
        client.refunds.create({"charge": charge, "amount": 3499})
    assert caught.value.param == "amount"
    assert client.charges.retrieve(charge).amount_refunded == 1000

    assert client.refunds.create({"charge": charge}).amount == 3498
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.refunds.create({"charge": charge})
    assert caught.value.code == "charge_already_refunded"
    assert [r.amount for r in client.refunds.list({"charge": charge})] == [3498, 1000]
    refunded = [e["data"] for e in sandbox.events("charge.refunded")]
    assert [d["object"]["amount_refunded"] for d in refunded] == [1000, 4498]
    assert refunded[1]["previous_attributes"] == {"amount_refunded": 1000, "refunded": False}


def test_refund_with_one_key_happens_once(paid: Any, client: Any) -> None:
    params = {"payment_intent": paid.payment_intent.id, "amount": 100}
    first = client.refunds.create(params, {"idempotency_key": "refund-1"})
    second = client.refunds.create(params, {"idempotency_key": "refund-1"})
    assert first.id == second.id
    charge = client.charges.retrieve(paid.payment_intent.latest_charge)
    assert charge.amount_refunded == 100


def test_refund_in_the_dashboard_names_no_request(paid: Any, sandbox: RunningSandbox) -> None:
    refund = sandbox.refund(paid.payment_intent.id, 250)
    assert refund["amount"] == 250
    (event,) = sandbox.events("refund.created")
    assert event["data"]["object"]["id"] == refund["id"]
    assert event["request"] == {"id": None, "idempotency_key": None}


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({}, "charge", "parameter_missing"),
        ({"payment_intent": "pi_none"}, "payment_intent", "resource_missing"),
        ({"charge": "ch_none"}, "charge", "resource_missing"),
        ({"charge": "ch_1", "payment_intent": "pi_1"}, None, "parameters_exclusive"),
        ({"charge": "ch_1", "amount": 0}, "amount", "parameter_invalid_integer"),
        ({"charge": "ch_1", "amount": "1.50"}, "amount", "parameter_invalid_integer"),
        ({"charge": "ch_1", "reason": "mood"}, "reason", None),
        ({"charge": "ch_1", "note": "x"}, "note", "parameter_unknown"),
    ],
)
def test_bad_refund_is_refused(
    paid: Any,
    client: Any,
    sandbox: RunningSandbox,
    params: dict[str, Any],
    param: str | None,
    code: str | None,
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.refunds.create(params)
    assert (caught.value.http_status, caught.value.param, caught.value.code) == (400, param, code)
    assert client.refunds.list().data == []
    assert refund_types(sandbox) == []


def test_declined_payment_cannot_be_refunded(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()
    sandbox.pay(session.id, card="4000000000000002")
    intent = client.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        client.refunds.create({"payment_intent": intent})
    assert client.refunds.list().data == []
