"""Stripe down, slow or refusing, and processes that die: the order is kept, nothing is doubled."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from checkout import gateway
from checkout.reconciling import expire_orders, reconcile_payments
from orders.models import Order, OutgoingEmail, Payment, PaymentAttempt
from orders.status import AttemptState, OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page
from tests.flows.shopper import Shopper, session_id_of

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Accepts connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


@pytest.fixture
def filled(shopper: Shopper) -> Shopper:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper


def age(attempt: PaymentAttempt, **delta: int) -> None:
    """Makes an attempt look as if it were made earlier."""
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        created_at=timezone.now() - timedelta(**delta)
    )


def test_stripe_down_keeps_the_order_and_offers_to_pay_again(filled: Shopper, settings) -> None:
    sandbox_base = settings.STRIPE_API_BASE
    settings.STRIPE_API_BASE = NOBODY
    response = filled.send(filled.checkout_form())
    assert response.status_code == 503
    order = Order.objects.get()
    assert f'action="/orders/{order.token}/pay/"' in response.content.decode()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert StockRecord.objects.get().allocated == 2
    assert len(filled.client.get("/cart/").context["cart"].lines) == 1

    settings.STRIPE_API_BASE = sandbox_base
    again = filled.client.post(f"/orders/{order.token}/pay/")
    assert again.status_code == 303
    attempt = PaymentAttempt.objects.get()
    assert (attempt.number, attempt.session_id) == (1, session_id_of(again))


def test_a_stripe_that_never_answers_ends_at_our_own_time_out(
    filled: Shopper, settings, silent_server: str
) -> None:
    assert (settings.STRIPE_CONNECT_TIMEOUT, settings.STRIPE_READ_TIMEOUT) == (3, 10)
    settings.STRIPE_READ_TIMEOUT = 0.5
    settings.STRIPE_API_BASE = silent_server
    form = filled.checkout_form()
    started = time.monotonic()
    response = filled.send(form)
    assert response.status_code == 503
    assert 0.5 <= time.monotonic() - started < 4
    assert PaymentAttempt.objects.get().state == AttemptState.NEW


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limit"), (500, ""), (401, "")])
def test_an_error_of_stripes_keeps_the_order(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    def refuse(*args: object) -> None:
        raise gateway.GatewayUnavailable(f"{status} {code}")

    monkeypatch.setattr("checkout.gateway.create_session", refuse)
    assert filled.send(filled.checkout_form()).status_code == 503
    order = Order.objects.get()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert order.events.filter(kind="payment_unavailable").count() == 1


def test_a_request_stripe_refuses_is_asked_once_more_and_not_for_ever(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = []

    def refuse(request: dict, key: str) -> None:
        keys.append(key)
        raise gateway.GatewayRejected("InvalidRequestError 400")

    monkeypatch.setattr("checkout.gateway.create_session", refuse)
    assert filled.send(filled.checkout_form()).status_code == 503
    number = Order.objects.get().number
    assert keys == [f"order-{number}-1", f"order-{number}-2"]
    assert set(PaymentAttempt.objects.values_list("state", flat=True)) == {"failed"}


def test_a_lost_answer_is_healed_by_sending_the_same_request_again(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = gateway.create_session

    def lose_answer(request: dict, key: str) -> gateway.CheckoutSession:
        real(request, key)
        raise gateway.GatewayUnavailable("the connection broke")

    with monkeypatch.context() as patch:
        patch.setattr("checkout.gateway.create_session", lose_answer)
        assert filled.send(filled.checkout_form()).status_code == 503
    order = Order.objects.get()
    again = filled.client.post(f"/orders/{order.token}/pay/")
    sessions = filled.sandbox.store
    with sessions.reading() as records:
        assert len(records.list_all("checkout.session")) == 1
    assert PaymentAttempt.objects.get().session_id == session_id_of(again)


def test_a_crash_after_stripes_answer_is_healed_by_the_reconciler(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("checkout.attempts._store_session", _die)
        with pytest.raises(KeyboardInterrupt):
            filled.send(filled.checkout_form())
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.session_id) == (AttemptState.NEW, None)
    age(attempt, minutes=3)
    assert reconcile_payments() == 1
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OPEN
    assert filled.sandbox.session(attempt.session_id)["status"] == "open"


def _die(*args: object) -> None:
    raise KeyboardInterrupt  # What no "except Exception" catches, as a killed process would be.


def test_a_webhook_quicker_than_our_own_record_finds_its_order(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("checkout.attempts._store_session", _die)
        with pytest.raises(KeyboardInterrupt):
            filled.send(filled.checkout_form())
    with filled.sandbox.store.reading() as records:
        session_id = records.list_all("checkout.session")[0]["id"]
    filled.sandbox.pay(session_id)
    assert filled.deliver().status_code == 200
    order = Order.objects.get()
    assert order.status == OrderStatus.PAID
    assert order.attempts.get().session_id == session_id


def test_a_lost_webhook_is_found_by_the_reconciler(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    assert reconcile_payments() == 0  # The webhook gets the first word.
    age(order.attempts.get(), minutes=3)
    assert reconcile_payments() == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert OutgoingEmail.objects.count() == 2
    assert reconcile_payments() == 0


def test_an_unpaid_order_expires_and_frees_its_stock_once(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    assert expire_orders() == 0
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert expire_orders() == 1
    assert expire_orders() == 0
    order.refresh_from_db()
    assert order.status == OrderStatus.EXPIRED
    assert StockRecord.objects.get().allocated == 0
    assert filled.sandbox.session(session_id)["status"] == "expired"


def test_an_order_paid_in_the_last_second_is_not_expired(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert expire_orders() == 0
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Payment.objects.count() == 1


def test_stock_is_not_freed_while_stripe_cannot_be_asked(filled: Shopper, settings) -> None:
    order, _session_id = filled.check_out()
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    settings.STRIPE_API_BASE = NOBODY
    assert expire_orders() == 0
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert StockRecord.objects.get().allocated == 2


def test_an_order_stripe_never_heard_of_expires(filled: Shopper, settings) -> None:
    sandbox_base = settings.STRIPE_API_BASE
    settings.STRIPE_API_BASE = NOBODY
    filled.send(filled.checkout_form())
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    settings.STRIPE_API_BASE = sandbox_base
    assert expire_orders() == 1
    assert StockRecord.objects.get().allocated == 0


def test_stripe_down_on_the_way_back_shows_that_we_are_confirming(
    filled: Shopper, settings
) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    settings.STRIPE_API_BASE = NOBODY
    response = filled.come_back(order, session_id)
    page = filled.client.get(response["Location"])
    assert page.context["state"] == "confirming"
    assert not page.context["can_pay"]


def test_a_second_checkout_waits_until_the_first_can_be_closed(filled: Shopper, settings) -> None:
    order, _session_id = filled.check_out()
    form = filled.checkout_form(city="Potsdam")
    settings.STRIPE_API_BASE = NOBODY
    response = filled.send(form)
    assert response["Location"] == "/cart/"
    assert list(Order.objects.all()) == [order]
    assert StockRecord.objects.get().allocated == 2


def test_an_order_paid_while_the_shopper_checks_out_again_is_not_doubled(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    form = filled.checkout_form(city="Potsdam")
    filled.sandbox.pay(session_id)  # In the other tab; no webhook yet.
    response = filled.send(form)
    assert response["Location"] == order.get_absolute_url()
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Order.objects.count() == 1


def test_stripe_is_never_waited_for_inside_a_transaction(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock held while another machine is slow stops the whole shop."""
    from django.db import connection

    depths = []
    real = gateway.create_session

    def watched(request: dict, key: str) -> gateway.CheckoutSession:
        depths.append(len(connection.savepoint_ids))
        return real(request, key)

    outer = len(connection.savepoint_ids)  # The test itself runs in a transaction.
    monkeypatch.setattr("checkout.gateway.create_session", watched)
    filled.check_out()
    assert depths == [outer]


def test_two_tabs_that_pay_at_once_get_the_same_session(filled: Shopper) -> None:
    """The sandbox answers 409 to the twin of a running request, as Stripe does."""
    order, _session_id = filled.check_out()
    attempt = order.attempts.get()
    urls: list[str | None] = []

    def ask() -> None:
        urls.append(gateway.create_session(attempt.request, attempt.idempotency_key).url)

    tabs = [threading.Thread(target=ask) for _tab in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert urls == [attempt.url] * 4
