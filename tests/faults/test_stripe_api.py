"""What can happen between the shop and Stripe's API, met over HTTP by the real SDK.

In all of it the shopper sees that the order is kept, never an error of the shop's, and one payment
is begun when Stripe is well again.
"""

import json
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import stripe
from django.http import HttpResponse
from django.utils import timezone

from checkout import gateway
from checkout.payments import MAX_ATTEMPTS
from orders.models import Order, OrderEvent, PaymentAttempt, Refund
from orders.refund_draft import RefundDraft
from orders.refunds import request_refund, send_refund
from orders.status import AttemptState, OrderStatus
from orders.waiting_refunds import send_waiting_refunds
from products.models import ProductVariant, StockRecord
from stripe_sandbox.testing import running_sandbox
from tests.factories import make_product_page
from tests.faults.told_log import listening_to
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.shopper import Shopper, session_id_of
from tests.orders.refunding import euros
from tests.sandbox.merchant import MovableClock

pytestmark = pytest.mark.django_db

CREATE = "POST /v1/checkout/sessions"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def ready(shopper: Shopper, monkeypatch: pytest.MonkeyPatch) -> Shopper:  # noqa: F811
    """At the checkout with two mugs. Nobody waits long between two tries."""
    monkeypatch.setattr("checkout.gateway.sessions.RATE_LIMIT_PAUSE", (0.01, 0.02))
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper


def pay_again(shopper: Shopper) -> HttpResponse:  # noqa: F811
    return shopper.client.post(f"/orders/{Order.objects.get().token}/pay/")


def count_sessions(shopper: Shopper) -> int:  # noqa: F811
    with shopper.sandbox.store.reading() as records:
        return len(records.list_all("checkout.session"))


def assert_kept(response: HttpResponse) -> None:
    """The page that offers to try again, of an order that waits with its stock."""
    assert response.status_code == 503
    page = response.content.decode()
    assert "Your order is kept and nothing was charged" in page
    order = Order.objects.get()
    assert f'action="/orders/{order.token}/pay/"' in page
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert StockRecord.objects.get().allocated == 2
    assert order.events.filter(kind=OrderEvent.Kind.PAYMENT_UNAVAILABLE).count() == 1


@pytest.mark.parametrize(
    ("kind", "sessions_made"),
    [
        ("refuse", 0),
        ("hang", 0),
        ("hang_after", 1),
        ("cut", 1),
        ("cut_within", 1),
        ("garbage", 1),
        ("server_error", 0),
        ("unauthorized", 0),
        ("forbidden", 0),
    ],
)
def test_the_order_is_kept_and_the_same_request_begins_its_one_payment(
    ready: Shopper, settings, kind: str, sessions_made: int
) -> None:
    settings.STRIPE_READ_TIMEOUT = 1 if kind.startswith("hang") else 10
    ready.sandbox.control.fail(kind, CREATE)
    assert_kept(ready.send(ready.checkout_form()))
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.session_id) == (AttemptState.NEW, None)
    assert count_sessions(ready) == sessions_made
    ready.sandbox.control.clear_faults()

    again = pay_again(ready)
    assert again.status_code == 303
    assert PaymentAttempt.objects.get().session_id == session_id_of(again)
    assert count_sessions(ready) == 1
    first, second = ready.sandbox.control.requests("/v1/checkout/sessions")
    assert first["params"] == second["params"]
    assert first["idempotency_key"] == second["idempotency_key"]


def test_a_failure_that_stripe_remembers_is_asked_for_once_more_and_then_given_up(
    ready: Shopper,
) -> None:
    ready.sandbox.control.fail("server_error_stored", CREATE)
    assert_kept(ready.send(ready.checkout_form()))
    again = pay_again(ready)
    assert again.status_code == 303
    first, second = PaymentAttempt.objects.order_by("number")
    assert (first.state, first.session_id) == (AttemptState.UNANSWERED, None)
    assert (second.state, second.session_id) == (AttemptState.OPEN, session_id_of(again))
    asked = ready.sandbox.control.requests("/v1/checkout/sessions")
    keys = [request["idempotency_key"] for request in asked]
    assert keys == [first.idempotency_key, first.idempotency_key, second.idempotency_key]
    assert [request["replayed"] for request in asked] == [False, True, False]
    assert count_sessions(ready) == 1


def test_failures_that_stripe_remembers_do_not_use_up_the_attempts_of_an_order(
    ready: Shopper,
) -> None:
    ready.sandbox.control.fail("server_error_stored", CREATE, times=None)
    ready.send(ready.checkout_form())
    held_until = Order.objects.get().expires_at
    for _click in range(MAX_ATTEMPTS):
        assert pay_again(ready).status_code == 503
    assert Order.objects.get().expires_at == held_until
    ready.sandbox.control.clear_faults()

    again = pay_again(ready)
    assert again.status_code == 303
    *given_up, last = PaymentAttempt.objects.order_by("number")
    assert [one.state for one in given_up] == [AttemptState.UNANSWERED] * (MAX_ATTEMPTS + 1)
    assert (last.state, last.session_id) == (AttemptState.OPEN, session_id_of(again))
    assert count_sessions(ready) == 1


def test_money_of_a_session_that_was_given_up_as_never_answered_is_recorded(
    ready: Shopper,
) -> None:
    """Nobody was told its address; but if it is paid all the same, it is seen as paid twice."""
    order = ready.buy("MUG", 1)
    order.attempts.update(state=AttemptState.UNANSWERED, session_id=None)
    paid = ready.sandbox.events("checkout.session.completed")[-1]
    session = paid["data"]["object"] | {"payment_intent": "pi_other"}
    ready.post_event(paid | {"id": "evt_other", "data": {"object": session}})
    assert order.attempts.get().state == AttemptState.COMPLETE
    twice = order.payments.get(is_duplicate=True)
    assert twice.payment_intent == "pi_other"


def test_a_refund_whose_failure_stripe_remembers_is_not_taken_for_refused(
    ready: Shopper,
) -> None:
    """The money may have gone back: only Stripe's books can say."""
    ready.sandbox.control.fail("server_error_stored", "POST /v1/refunds")
    for expected in (gateway.GatewayUnavailable, gateway.RefundUnanswered):
        with pytest.raises(gateway.GatewayUnavailable) as caught:
            gateway.create_refund({"payment_intent": "pi_1"}, "refund-1")
        assert type(caught.value) is expected


@pytest.mark.parametrize(("was_made", "state"), [(True, "succeeded"), (False, "failed")])
def test_stripes_books_decide_about_a_refund_whose_failure_stripe_remembers(
    ready: Shopper, was_made: bool, state: str
) -> None:
    order = ready.buy("MUG", 1)
    payment = order.payments.get()
    draft = RefundDraft(payment, (), euros("0"), euros("10"))
    refund = request_refund(draft=draft, user=None)
    ready.sandbox.control.fail("server_error_stored", "POST /v1/refunds")
    send_refund(refund)
    if was_made:
        metadata = {"refund": str(refund.submission), "order": order.number}
        body = {"payment_intent": payment.payment_intent, "amount": 1000, "metadata": metadata}
        made = gateway.create_refund(body, "another key")
    Refund.objects.update(created_at=timezone.now() - timedelta(hours=2))
    send_waiting_refunds()
    stuck = Refund.objects.filter(stuck_since__isnull=False)
    stuck.update(stuck_since=timezone.now() - timedelta(hours=2))
    send_waiting_refunds()
    refund.refresh_from_db()
    assert refund.state == state
    assert refund.stripe_id == (made.id if was_made else None)
    assert len(gateway.list_refunds_of(payment.payment_intent)) == int(was_made)


def test_the_twin_of_a_running_request_waits_and_gets_its_session(
    ready: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("checkout.gateway.sessions.time.sleep", pauses.append)
    ready.sandbox.control.fail("conflict", CREATE, times=2)
    assert ready.send(ready.checkout_form()).status_code == 303
    assert pauses == [0.25, 0.5]
    assert (PaymentAttempt.objects.count(), count_sessions(ready)) == (1, 1)


def test_a_twin_that_never_ends_is_not_waited_for_longer(
    ready: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("checkout.gateway.sessions.time.sleep", pauses.append)
    ready.sandbox.control.fail("conflict", CREATE, times=None)
    assert_kept(ready.send(ready.checkout_form()))
    assert pauses == [0.25, 0.5, 0.75]


def test_what_is_sent_again_is_what_was_sent_though_the_price_has_changed(
    ready: Shopper,
) -> None:
    ready.sandbox.control.fail("cut", CREATE)
    assert_kept(ready.send(ready.checkout_form()))
    ProductVariant.objects.update(price="99.00")
    assert pay_again(ready).status_code == 303
    assert count_sessions(ready) == 1
    assert len(ready.sandbox.control.requests("/v1/checkout/sessions")) == 2


def test_a_key_that_belongs_to_another_request_is_given_up_and_told_of(ready: Shopper) -> None:
    ready.sandbox.control.fail("cut", CREATE)
    assert_kept(ready.send(ready.checkout_form()))
    attempt = PaymentAttempt.objects.get()
    attempt.request["line_items"][0]["price_data"]["unit_amount"] = 1
    attempt.save()
    with listening_to("checkout.payments") as told:
        again = pay_again(ready)
    number = Order.objects.get().number
    assert told == [f"ERROR: Stripe refuses a payment of order {number}: IdempotencyError 400"]
    first, second = PaymentAttempt.objects.order_by("number")
    assert (first.state, second.session_id) == (AttemptState.FAILED, session_id_of(again))
    total = Order.objects.get().total_money.to_minor()
    assert ready.sandbox.session(str(second.session_id))["amount_total"] == total


@pytest.mark.parametrize(("times", "status", "asked"), [(1, 303, 2), (2, 503, 2)])
def test_too_many_requests_are_followed_by_one_more_after_a_pause(
    ready: Shopper, times: int, status: int, asked: int
) -> None:
    ready.sandbox.control.fail("rate_limit", CREATE, times=times)
    assert ready.send(ready.checkout_form()).status_code == status
    assert len(ready.sandbox.control.requests("/v1/checkout/sessions")) == asked
    assert PaymentAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "error"),
    [("unauthorized", "AuthenticationError 401"), ("forbidden", "PermissionError 403")],
)
def test_a_key_that_is_refused_is_told_of_loudly_and_without_it(
    ready: Shopper, settings, kind: str, error: str
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_of_the_shop"
    ready.sandbox.control.fail(kind, CREATE)
    with listening_to("checkout.gateway.client") as told:
        assert_kept(ready.send(ready.checkout_form()))
    assert told == [f"CRITICAL: Stripe refuses this shop's key, so nobody can pay: {error}."]
    assert error in Order.objects.get().events.get(kind="payment_unavailable").text


def test_a_request_that_is_always_refused_is_sent_twice_and_told_of(ready: Shopper) -> None:
    ready.sandbox.control.fail("bad_request", CREATE, times=None)
    with listening_to("checkout.payments") as told:
        assert_kept(ready.send(ready.checkout_form()))
    assert len(ready.sandbox.control.requests("/v1/checkout/sessions")) == 2
    assert set(PaymentAttempt.objects.values_list("state", flat=True)) == {AttemptState.FAILED}
    assert len(told) == 1
    assert told[0].endswith("InvalidRequestError 400 parameter_unknown")


@pytest.mark.parametrize(
    "url",
    [
        "https://checkout.stripe.com.evil.example/c/pay/1",
        "http://checkout.stripe.com/c/pay/1",
        "//x",
    ],
)
def test_a_session_that_leads_elsewhere_leads_nowhere(ready: Shopper, settings, url: str) -> None:
    """The next one may be good, so the order gets it."""
    ready.sandbox.control.change_next_session(url=url)
    response = ready.send(ready.checkout_form())
    assert response["Location"].startswith(f"{settings.STRIPE_API_BASE}/c/pay/")
    first, second = PaymentAttempt.objects.order_by("number")
    assert (first.state, first.url) == (AttemptState.FAILED, "")
    assert second.session_id == session_id_of(response)


def test_a_session_without_an_address_leads_to_the_order(ready: Shopper) -> None:
    ready.sandbox.control.change_next_session(url=None)
    response = ready.send(ready.checkout_form())
    order = Order.objects.get()
    assert (response.status_code, response["Location"]) == (303, order.get_absolute_url())
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert ready.client.get(order.get_absolute_url()).status_code == 200


@dataclass
class Stranger:
    """A server with a certificate that nobody vouches for, which answers as Stripe would."""

    url: str = ""
    received: list[str] = field(default_factory=list)


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Stranger]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the program openssl")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    files = ("-keyout", str(key), "-out", str(certificate))
    command = [openssl, "req", "-x509", *curve, "-nodes", "-days", "1", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    found = Stranger()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.received.append(self.headers["Authorization"])
            session = {"id": "cs_test_1", "object": "checkout.session", "url": f"{found.url}/c/1"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(session).encode())

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    found.url = f"https://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()


def test_nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for(
    ready: Shopper, settings, stranger: Stranger
) -> None:
    settings.STRIPE_API_BASE = stranger.url
    assert_kept(ready.send(ready.checkout_form()))
    assert stranger.received == []


def test_a_proxy_that_is_not_there_is_a_stripe_that_is_not_there(
    ready: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = ready.checkout_form()
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    assert_kept(ready.send(form))


def test_nobody_switches_the_check_of_certificates_off() -> None:
    assert stripe.verify_ssl_certs is True
    off = re.compile(r"verify_ssl_certs|verify\s*=\s*False|CERT_NONE|_create_unverified_context")
    folders = ("checkout", "customers", "home", "orders", "products", "shopsite", "bin")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 300
    assert [str(path) for path in files if off.search(path.read_text())] == []


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_that_is_a_minute_off_begins_payments_all_the_same(
    ready: Shopper, settings, seconds: int
) -> None:
    clock = MovableClock()
    clock.moved = seconds
    with running_sandbox(webhook_secret="whsec_tests", clock=clock) as off:
        settings.STRIPE_API_BASE = off.base_url
        assert ready.send(ready.checkout_form()).status_code == 303
