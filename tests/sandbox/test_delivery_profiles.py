"""Webhooks that come twice, late, backwards, wrongly signed, or never."""

import json
import time
from typing import Any

import pytest
import stripe

from stripe_sandbox.control_client import ControlRefused
from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import connect, press_pay
from tests.sandbox.receiver import Delivered, Receiver

PAYMENT = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def pay(running: RunningSandbox, order: dict[str, Any]) -> None:
    running.pay(connect(running).checkout.sessions.create(order).id)


def expire(running: RunningSandbox, order: dict[str, Any]) -> str:
    running.expire(connect(running).checkout.sessions.create(order).id)
    return str(running.events("checkout.session.expired")[-1]["id"])


def wait_for_pending(running: RunningSandbox, count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 5
    while len(pending := running.control.state()["pending"]) != count:
        assert time.monotonic() < deadline, pending
        time.sleep(0.01)
    return list(pending)


def types(receiver: Receiver) -> list[str]:
    """In the order of their coming, unlike those of the receiver."""
    return [json.loads(delivered.body)["type"] for delivered in receiver.received]


def verify(delivered: Delivered, secret: str = "whsec_test") -> stripe.Event:
    return stripe.Webhook.construct_event(
        delivered.body, delivered.headers.get("Stripe-Signature", ""), secret
    )


@pytest.mark.parametrize("at_once", [False, True])
def test_copies_are_the_same_event_and_one_try(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], at_once: bool
) -> None:
    receiver.delay = 0.2 if at_once else 0
    sending.control.deliver(copies=4, at_once=at_once)
    expire(sending, order)
    sending.wait_for_deliveries()
    assert (receiver.most_at_once > 1) is at_once
    assert len({delivered.event.id for delivered in receiver.received}) == 1
    (delivery,) = sending.deliveries()
    assert (delivery.attempts, [one.status for one in delivery.log]) == (1, [200] * 4)


@pytest.mark.parametrize(
    ("order_of", "expected"), [("in_order", PAYMENT), ("reverse", PAYMENT[::-1])]
)
def test_held_events_go_out_in_the_order_that_is_asked_for(
    sending: RunningSandbox,
    receiver: Receiver,
    order: dict[str, Any],
    order_of: str,
    expected: list[str],
) -> None:
    sending.control.deliver(hold=True, order=order_of)
    pay(sending, order)
    time.sleep(0.1)
    assert receiver.received == []
    assert len(sending.control.state()["pending"]) == 4
    sending.control.release()
    sending.wait_for_deliveries()
    assert types(receiver) == expected


def test_only_some_types_are_held(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(types="checkout.session.*", hold=True)
    pay(sending, order)
    (left,) = wait_for_pending(sending, 1)
    assert left["type"] == "checkout.session.completed"
    assert sending.control.resend(left["event"]) == [200]
    assert types(receiver)[-1] == "checkout.session.completed"


def test_a_dropped_event_is_lost_until_somebody_sends_it_again(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(drop=True, events=1)
    lost = expire(sending, order)
    sending.wait_for_deliveries()
    expire(sending, order)
    sending.wait_for_deliveries()
    assert lost not in [delivered.event.id for delivered in receiver.received]
    first, second = sending.deliveries()
    assert (first.state, first.log[0].error) == ("failed", "Dropped by the sandbox.")
    assert second.state == "delivered"
    assert sending.control.resend(lost) == [200]
    assert sending.deliveries()[0].state == "delivered"


def test_a_delay_is_before_the_first_try(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(delay=0.2)
    started = time.monotonic()
    expire(sending, order)
    receiver.wait_for(1)
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("signature", ["stale", "bad", "wrong_secret", "missing"])
def test_a_signature_can_be_one_that_must_be_refused(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], signature: str
) -> None:
    sending.control.deliver(signature=signature)
    expire(sending, order)
    receiver.wait_for(1)
    with pytest.raises(stripe.SignatureVerificationError):
        verify(receiver.received[0])


def test_a_future_signature_is_ten_minutes_ahead(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(signature="future")
    expire(sending, order)
    receiver.wait_for(1)
    stamp = receiver.received[0].headers["Stripe-Signature"].split(",")[0]
    assert 590 <= int(stamp.removeprefix("t=")) - time.time() <= 600
    assert verify(receiver.received[0]).type == "checkout.session.expired"


def test_two_secrets_sign_while_one_is_rolled(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(signature="two_secrets")
    expire(sending, order)
    receiver.wait_for(1)
    delivered = receiver.received[0]
    assert delivered.headers["Stripe-Signature"].count("v1=") == 2
    assert verify(delivered).id == verify(delivered, "whsec_of_somebody_else").id


def test_an_event_can_say_something_else_of_itself(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(api_version="2020-08-27", livemode=True)
    expire(sending, order)
    receiver.wait_for(1)
    sending.control.deliver(thin=True)
    expire(sending, order)
    receiver.wait_for(2)
    snapshot, thin = (json.loads(delivered.body) for delivered in receiver.received)
    assert (snapshot["api_version"], snapshot["livemode"]) == ("2020-08-27", True)
    assert snapshot["data"]["object"]["livemode"] is True
    assert (thin["object"], "data" in thin) == ("v2.core.event", False)
    assert thin["related_object"]["id"].startswith("cs_test_")


def test_the_payer_can_be_back_before_the_shop_hears_of_it(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(redirect_first=True)
    session = connect(sending).checkout.sessions.create(order)
    started = time.monotonic()
    assert press_pay(session.url).status_code == 303
    assert time.monotonic() - started < 1
    assert receiver.received == []
    sending.control.deliver()
    receiver.wait_for(4)


def test_a_payer_does_not_wait_for_what_is_held(
    sending: RunningSandbox, order: dict[str, Any]
) -> None:
    sending.control.deliver(hold=True)
    session = connect(sending).checkout.sessions.create(order)
    started = time.monotonic()
    assert press_pay(session.url).status_code == 303
    assert time.monotonic() - started < 1


def test_an_unknown_event_and_an_unknown_wish_are_refused(sending: RunningSandbox) -> None:
    with pytest.raises(ControlRefused, match="evt_x is no event that is sent anywhere"):
        sending.control.resend("evt_x")
    with pytest.raises(ControlRefused, match="hlod: Extra inputs are not permitted"):
        sending.control.deliver(hlod=True)


def test_a_reset_takes_everything_back(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(hold=True)
    sending.control.fail("refuse", "GET *", times=None)
    expire(sending, order)
    sending.control.reset()
    receiver.wait_for(1)
    assert sending.control.requests() == []
    state = sending.control.state()
    assert (state["faults"], state["deliveries"]["hold"], state["ahead"]) == ([], False, 0)
