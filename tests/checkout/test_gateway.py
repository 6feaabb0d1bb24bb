"""The door to Stripe: what it translates, refuses and verifies."""

import json
import time

import pytest
import stripe

from checkout import gateway
from stripe_sandbox.testing import running_sandbox

REQUEST = {
    "mode": "payment",
    "line_items": [
        {
            "price_data": {
                "currency": "eur",
                "unit_amount": 2400,
                "product_data": {"name": "Mug"},
            },
            "quantity": 1,
        }
    ],
    "success_url": "http://testserver/?session_id={CHECKOUT_SESSION_ID}",
    "metadata": {"attempt": "key-1"},
}


@pytest.fixture
def sandbox(settings):
    with running_sandbox() as running:
        settings.STRIPE_API_BASE = running.base_url
        yield running


def signed(payload: str, secret: str = "whsec_tests", at: int | None = None) -> str:
    return stripe.WebhookSignature.generate_signature_header(payload, secret, at)


def event(**changes: object) -> str:
    data = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "api_version": "2026-10-28.endive",
        "livemode": False,
        "created": 1_790_000_000,
        "data": {"object": {"id": "cs_test_1"}},
        **changes,
    }
    return json.dumps(data)


def test_the_same_key_gives_the_same_session(sandbox) -> None:
    first = gateway.create_session(REQUEST, "key-1")
    second = gateway.create_session(REQUEST, "key-1")
    other = gateway.create_session(REQUEST, "key-2")
    assert first == second
    assert other.id != first.id
    assert (first.status, first.payment_status, first.amount_total) == ("open", "unpaid", 2400)
    assert (first.mode, first.currency, first.is_live) == ("payment", "eur", False)
    assert first.attempt_key == "key-1"


def test_a_request_stripe_does_not_understand_is_rejected(sandbox) -> None:
    with pytest.raises(gateway.GatewayRejected, match="InvalidRequestError 400"):
        gateway.create_session({**REQUEST, "payment_method_types": ["card"]}, "key-1")


def test_a_wrong_key_is_our_trouble_and_not_the_requests(sandbox, settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_live_wrong"
    with pytest.raises(gateway.GatewayUnavailable, match="AuthenticationError 401"):
        gateway.create_session(REQUEST, "key-1")


def test_a_stripe_that_is_down_is_unavailable(settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    started = time.monotonic()
    with pytest.raises(gateway.GatewayUnavailable, match="APIConnectionError"):
        gateway.create_session(REQUEST, "key-1")
    assert time.monotonic() - started < 3


def test_a_session_that_is_closed_already_is_told_as_it_is(sandbox) -> None:
    session = gateway.create_session(REQUEST, "key-1")
    sandbox.pay(session.id)
    closed = gateway.expire_session(session.id)
    assert (closed.status, closed.payment_status) == ("complete", "paid")
    assert closed.payment_intent


def test_an_answer_that_leads_to_a_foreign_address_is_rejected(sandbox, monkeypatch) -> None:
    monkeypatch.setattr(
        "checkout.gateway.sessions.is_payment_address", lambda url: sandbox.base_url not in url
    )
    with pytest.raises(gateway.GatewayRejected, match="leads to an address"):
        gateway.create_session(REQUEST, "key-1")


def test_the_shopper_is_sent_to_stripe_or_its_stand_in_alone(sandbox, settings) -> None:
    settings.STRIPE_CHECKOUT_ORIGIN = "https://checkout.stripe.com"
    assert gateway.is_payment_address(f"{sandbox.base_url}/c/pay/cs_test_1")
    assert gateway.is_payment_address("https://checkout.stripe.com/c/pay/cs_test_1")
    for url in (
        "https://checkout.stripe.com.evil.example/c/pay",
        "http://checkout.stripe.com/c/pay",
        "https://evil.example/?https://checkout.stripe.com",
        "javascript:alert(1)",
        "//checkout.stripe.com/c/pay",
        "",
    ):
        assert not gateway.is_payment_address(url)


def test_a_signed_event_is_read() -> None:
    payload = event()
    read = gateway.verify_event(payload.encode(), signed(payload))
    assert (read.id, read.type) == ("evt_1", "checkout.session.completed")
    assert read.object == {"id": "cs_test_1"}
    assert read.created_at.isoformat() == "2026-09-21T14:13:20+00:00"


def test_any_of_several_secrets_will_do(settings) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", " whsec_old "]
    payload = event()
    for secret in ("whsec_new", "whsec_old"):
        assert gateway.verify_event(payload.encode(), signed(payload, secret)).id == "evt_1"


@pytest.mark.parametrize(
    "signature",
    [None, "", "garbage", "t=abc,v1=00", "v1=00", "t=1", "t=,v1=", "t=1,v1=00", "x" * 10_000],
)
def test_a_signature_that_is_none_is_refused(signature: str | None) -> None:
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(event().encode(), signature)


def test_a_body_changed_by_one_byte_is_refused() -> None:
    payload = event()
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(payload.replace("evt_1", "evt_2").encode(), signed(payload))


def test_no_secret_at_all_refuses_everything(settings) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["", "  "]
    payload = event()
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(payload.encode(), signed(payload, ""))


@pytest.mark.parametrize("seconds", [-301, 310, 86_400])
def test_an_old_or_future_signature_is_refused(seconds: int) -> None:
    payload = event()
    stamp = int(time.time()) + seconds
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(payload.encode(), signed(payload, at=stamp))


@pytest.mark.parametrize(
    "payload",
    [
        "[]",
        "null",
        '"text"',
        "{}",
        "not json",
        event(object="v2.core.event"),
        event(data=None),
        event(data={"object": []}),
        event(created="yesterday"),
    ],
)
def test_what_is_signed_but_no_event_is_refused(payload: str) -> None:
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(payload.encode(), signed(payload))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(gateway.InvalidSignature):
        gateway.verify_event(b"\xff\xfe", "t=1,v1=00")


def test_the_secret_key_does_not_show_in_an_error(settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    settings.STRIPE_SECRET_KEY = "sk_test_verysecret"
    with pytest.raises(gateway.GatewayUnavailable) as caught:
        gateway.retrieve_session("cs_test_1")
    assert "verysecret" not in str(caught.value)
