"""What others do at Stripe: foreign sessions, delayed money, refunds that fail."""

from html import unescape
from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.control_client import ControlRefused
from stripe_sandbox.testing import Outcome, RunningSandbox
from tests.sandbox.merchant import CreateSession, press_pay


def priced_in(currency: str, order: dict[str, Any]) -> dict[str, Any]:
    """A line item of that currency."""
    item: dict[str, Any] = order["line_items"][1]
    return {**item, "price_data": {**item["price_data"], "currency": currency}}


def types(sandbox: RunningSandbox) -> list[str]:
    return [event["type"] for event in sandbox.events()]


def test_the_next_session_says_what_it_was_told_to_and_only_that_one(
    sandbox: RunningSandbox, create: CreateSession
) -> None:
    sandbox.control.change_next_session(amount_total=1, currency="usd", client_reference_id=None)
    changed, usual = create(), create()
    assert (changed.amount_total, changed.currency, changed.client_reference_id) == (1, "usd", None)
    assert changed.metadata.to_dict() == {"order": "order-1"}
    assert (usual.amount_total, usual.currency) == (4498, "eur")
    sandbox.pay(changed.id)
    (completed,) = sandbox.events("checkout.session.completed")
    assert completed["data"]["object"]["amount_total"] == 1
    (paid,) = sandbox.events("payment_intent.succeeded")
    assert (paid["data"]["object"]["amount"], paid["data"]["object"]["currency"]) == (1, "usd")


def test_a_session_can_be_changed_while_it_is_open(
    sandbox: RunningSandbox, create: CreateSession, client: Any
) -> None:
    session = create()
    sandbox.control.change_session(session.id, amount_total=4400, livemode=True)
    now = client.checkout.sessions.retrieve(session.id)
    assert (now.amount_total, now.livemode, now.currency) == (4400, True, "eur")


def test_only_some_members_of_a_session_can_be_changed(sandbox: RunningSandbox) -> None:
    with pytest.raises(ControlRefused, match="object: Extra inputs are not permitted"):
        sandbox.control.change_next_session(object="charge")
    assert sandbox.control.state()["session_changes"] == {}


def test_a_foreign_session_is_paid_like_any_other(sandbox: RunningSandbox, client: Any) -> None:
    foreign = sandbox.control.create_foreign_session(1999, reference="1001")
    assert sandbox.control.pay(foreign["id"])["outcome"] == "paid"
    paid = client.checkout.sessions.retrieve(foreign["id"])
    assert (paid.client_reference_id, paid.amount_total, paid.payment_status) == (
        "1001",
        1999,
        "paid",
    )
    assert paid.payment_link.startswith("plink_")
    assert paid.metadata.to_dict() == {}


@pytest.mark.parametrize(
    ("succeeds", "status", "payment_status", "ending"),
    [
        (
            True,
            "succeeded",
            "paid",
            ["charge.succeeded", "payment_intent.succeeded"],
        ),
        (
            False,
            "requires_payment_method",
            "unpaid",
            ["charge.failed", "payment_intent.payment_failed"],
        ),
    ],
)
def test_a_debit_is_complete_at_once_and_paid_when_the_bank_says_so(
    sandbox: RunningSandbox,
    create: CreateSession,
    client: Any,
    succeeds: bool,
    status: str,
    payment_status: str,
    ending: list[str],
) -> None:
    answer = press_pay(create().url, method="sepa_debit", cardNumber="", cardExpiry="", cardCvc="")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("http://127.0.0.1:8000/orders/abc/")
    (completed,) = sandbox.events("checkout.session.completed")
    session = completed["data"]["object"]
    assert (session["status"], session["payment_status"]) == ("complete", "unpaid")
    intent = client.payment_intents.retrieve(session["payment_intent"])
    assert (intent.status, intent.amount_received) == ("processing", 0)
    with pytest.raises(stripe.InvalidRequestError):
        client.refunds.create({"payment_intent": intent.id})

    sandbox.control.settle(intent.id, succeeds=succeeds)
    assert client.payment_intents.retrieve(intent.id).status == status
    assert client.checkout.sessions.retrieve(session["id"]).payment_status == payment_status
    word = "succeeded" if succeeds else "failed"
    assert types(sandbox)[-3:] == [*ending, f"checkout.session.async_payment_{word}"]
    with pytest.raises(ControlRefused, match="does not wait for a bank"):
        sandbox.control.settle(intent.id, succeeds=succeeds)


@pytest.mark.parametrize(
    ("currency", "kind", "last4"),
    [
        ("eur", "sepa_debit", "3000"),
        ("gbp", "bacs_debit", "2345"),
        ("usd", "us_bank_account", "6789"),
        ("cad", "acss_debit", "6789"),
        ("aud", "au_becs_debit", "3456"),
    ],
)
def test_a_debit_is_the_one_of_the_currency(
    create: CreateSession,
    sandbox: RunningSandbox,
    client: Any,
    order: dict[str, Any],
    currency: str,
    kind: str,
    last4: str,
) -> None:
    session = create(line_items=[priced_in(currency, order)])
    assert session.payment_method_types == ["card", kind]
    assert f'value="{kind}"' in requests.get(session.url, timeout=5).text
    answer = press_pay(session.url, method=kind, cardNumber="", cardExpiry="", cardCvc="")
    assert answer.status_code == 303

    paid = client.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge", "payment_intent.payment_method"]}
    ).to_dict()
    assert paid["payment_status"] == "unpaid"
    intent = paid["payment_intent"]
    for account in (intent["payment_method"], intent["latest_charge"]["payment_method_details"]):
        assert (account["type"], account[kind]["last4"]) == (kind, last4)
    settled = sandbox.control.settle(intent["id"], succeeds=True)
    assert settled["payment_status"] == "paid"


def test_a_debit_is_not_offered_where_there_is_none_or_the_shop_excludes_it(
    create: CreateSession, sandbox: RunningSandbox, order: dict[str, Any]
) -> None:
    for session in (
        create(line_items=[priced_in("chf", order)]),
        create(excluded_payment_method_types=["sepa_debit"]),
        create(allowed_payment_method_types=["card"]),
    ):
        assert session.payment_method_types == ["card"]
        with pytest.raises(ControlRefused, match="cannot be paid by bank debit"):
            sandbox.control.pay(session.id, debit=True)
        assert sandbox.session(session.id)["status"] == "open"


def test_a_debit_needs_a_payer(create: CreateSession, sandbox: RunningSandbox) -> None:
    session = create()
    answer = press_pay(session.url, method="sepa_debit", email="", billingName="")
    assert answer.status_code == 200
    assert "Enter your e-mail address." in answer.text
    assert "Enter the name of the account's owner." in unescape(answer.text)
    assert sandbox.events() == []


def test_a_refund_of_the_dashboard_may_be_whole_in_part_or_fail(
    sandbox: RunningSandbox, create: CreateSession, client: Any
) -> None:
    intent = sandbox.pay(create().id).session["payment_intent"]
    assert sandbox.control.refund(intent, 500)["status"] == "succeeded"
    failed = sandbox.control.refund(intent, fails=True)
    assert (failed["amount"], failed["status"]) == (3998, "failed")
    assert failed["failure_reason"] == "expired_or_canceled_card"
    charge = client.charges.retrieve(client.payment_intents.retrieve(intent).latest_charge)
    assert (charge.amount_refunded, charge.refunded) == (500, False)
    assert types(sandbox)[-2:] == ["refund.updated", "refund.failed"]
    assert sandbox.control.refund(intent)["amount"] == 3998
    with pytest.raises(ControlRefused, match="has already been refunded"):
        sandbox.control.refund(intent)


def test_a_dispute_is_opened_and_decided(sandbox: RunningSandbox, create: CreateSession) -> None:
    result = sandbox.pay(create().id)
    assert result.outcome is Outcome.PAID
    dispute = sandbox.control.dispute(result.session["payment_intent"])
    assert sandbox.control.close_dispute(dispute["id"], won=False)["status"] == "lost"
    assert types(sandbox)[-1] == "charge.dispute.closed"
    with pytest.raises(ControlRefused, match="is closed"):
        sandbox.control.close_dispute(dispute["id"], won=True)


def test_the_bank_of_one_card_wants_the_money_back_at_once(
    sandbox: RunningSandbox, create: CreateSession, client: Any
) -> None:
    assert sandbox.control.pay(create().id, "4000000000000259")["outcome"] == "paid"
    (dispute,) = client.disputes.list().data
    assert (dispute.amount, dispute.status) == (4498, "needs_response")
    assert types(sandbox)[-3:] == [
        "checkout.session.completed",
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
    ]


def test_events_are_listed_with_their_deliveries(
    sandbox: RunningSandbox, create: CreateSession
) -> None:
    sandbox.pay(create().id)
    (event,) = sandbox.control.events("checkout.session.completed")
    assert event["deliveries"] == []
    assert len(sandbox.control.events()) == 4


@pytest.mark.parametrize("way", ["pay", "settle", "refund", "dispute", "change"])
def test_what_does_not_exist_is_refused(sandbox: RunningSandbox, way: str) -> None:
    ways: dict[str, Any] = {
        "pay": lambda: sandbox.control.pay("cs_test_none"),
        "settle": lambda: sandbox.control.settle("pi_none", succeeds=True),
        "refund": lambda: sandbox.control.refund("pi_none"),
        "dispute": lambda: sandbox.control.dispute("pi_none"),
        "change": lambda: sandbox.control.change_session("cs_test_none", amount_total=1),
    }
    with pytest.raises(ControlRefused, match="No such"):
        ways[way]()
