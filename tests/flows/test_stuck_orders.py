"""Orders that cannot be settled in the ordinary way: none holds stock, or others up, for ever."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from checkout import gateway, payments, runs
from checkout.closing import cancel_order
from checkout.models import WebhookEvent
from checkout.payments import MAX_ATTEMPTS, PaymentUnavailable
from checkout.reconciling import expire_orders, reconcile_payments
from orders.models import Order, OutgoingEmail, Payment, PaymentAttempt, Refund
from orders.outbox import process_outbox
from orders.status import AttemptState, OrderStatus
from products.models import Product, StockRecord
from tests.factories import make_product_page
from tests.flows.shopper import Shopper

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def filled(shopper: Shopper) -> Shopper:
    make_product_page(sku="MUG", on_hand=2)
    shopper.add("MUG", 2)
    return shopper


def overdue(order: Order, **delta: float) -> None:
    """Lets the order's time, and that of its payment attempts, have ended so long ago."""
    then = timezone.now() - timedelta(**delta)
    Order.objects.filter(pk=order.pk).update(expires_at=then)
    order.attempts.update(expires_at=then, created_at=then, checked_at=None)


def test_after_an_outage_the_same_cart_cannot_become_two_orders(filled: Shopper, settings) -> None:
    sandbox_base = settings.STRIPE_API_BASE
    settings.STRIPE_API_BASE = NOBODY
    form = filled.checkout_form()
    assert filled.send(form).status_code == 503
    first = Order.objects.get()
    cart = filled.client.get("/cart/")
    assert cart.context["open_order"] == first
    assert not cart.context["cart"].has_problems  # Its own order holds the last two.

    settings.STRIPE_API_BASE = sandbox_base
    assert filled.send({**form, "city": "Potsdam"}).status_code == 303
    first.refresh_from_db()
    assert first.status == OrderStatus.CANCELED
    assert StockRecord.objects.get().allocated == 2


def test_a_second_click_while_the_first_waits_for_stripe_finds_the_order(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled.checkout_form()
    real = gateway.create_session
    answers = []

    def click_again(request: dict, key: str) -> gateway.CheckoutSession:
        monkeypatch.setattr("checkout.gateway.create_session", real)
        answers.append(filled.send(form))
        return real(request, key)

    monkeypatch.setattr("checkout.gateway.create_session", click_again)
    first = filled.send(form)
    assert [first.status_code, answers[0].status_code] == [303, 303]
    assert first["Location"] == answers[0]["Location"]
    assert Order.objects.count() == 1


def test_a_session_of_another_account_ends_when_it_must_be_over(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _session_id = filled.check_out()

    def unknown(session_id: str) -> None:
        raise gateway.GatewayRejected("InvalidRequestError 404 resource_missing")

    monkeypatch.setattr("checkout.gateway.expire_session", unknown)
    overdue(order, hours=2)
    assert expire_orders() == 0  # Stripe might still know it.
    overdue(order, hours=25)
    assert expire_orders() == 1
    assert StockRecord.objects.get().allocated == 0


def test_an_answer_that_never_came_ends_with_its_time(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_500(request: dict, key: str) -> None:
        raise gateway.GatewayUnavailable("APIError 500")

    monkeypatch.setattr("checkout.gateway.create_session", always_500)
    assert filled.send(filled.checkout_form()).status_code == 503
    overdue(Order.objects.get(), minutes=1)
    assert expire_orders() == 1
    assert PaymentAttempt.objects.get().state == AttemptState.EXPIRED
    assert StockRecord.objects.get().allocated == 0


def test_an_order_that_cannot_be_ended_does_not_keep_the_others(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_product_page("Pot", sku="POT")
    stuck, stuck_session = filled.check_out()
    filled.client.cookies.clear()
    filled.add("POT")
    other, _session_id = filled.check_out()
    overdue(stuck, hours=2)
    overdue(other, hours=1)
    real = gateway.expire_session

    def trouble(session_id: str) -> gateway.CheckoutSession:
        if session_id == stuck_session:
            raise RuntimeError("something nobody thought of")
        return real(session_id)

    monkeypatch.setattr("checkout.gateway.expire_session", trouble)
    assert expire_orders(limit=1) == 0  # The oldest is stuck ...
    assert expire_orders(limit=1) == 1  # ... and steps back for the next.
    other.refresh_from_db()
    assert other.status == OrderStatus.EXPIRED


def test_a_run_of_the_reconciler_ends_when_its_time_is_over(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _session_id = filled.check_out()
    overdue(order, minutes=3)
    monkeypatch.setattr(runs, "RUN_SECONDS", -1)
    assert reconcile_payments() == 0
    assert expire_orders() == 0
    monkeypatch.undo()
    assert expire_orders() == 1


def test_a_delayed_payment_whose_failure_was_not_told_is_found(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = filled.check_out()
    order.attempts.update(state=AttemptState.COMPLETE)
    Order.objects.update(status=OrderStatus.PROCESSING)
    data = {
        "id": session_id, "status": "complete", "payment_status": "unpaid", "mode": "payment",
        "amount_total": order.total_money.to_minor(), "currency": "eur", "livemode": False,
        "payment_intent": {"id": "pi_1", "status": "processing"},
    }  # fmt: skip
    monkeypatch.setattr(
        "checkout.gateway.retrieve_session", lambda _id: gateway.parse_session(data)
    )
    assert reconcile_payments() == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.PROCESSING
    data["payment_intent"] = {"id": "pi_1", "status": "requires_payment_method"}
    order.attempts.update(checked_at=None)
    assert reconcile_payments() == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT


def test_a_fetched_session_names_its_payment_intent(filled: Shopper) -> None:
    _order, session_id = filled.check_out()
    paid = filled.sandbox.pay(session_id)
    fetched = gateway.retrieve_session(session_id)
    assert fetched.payment_intent == paid.session["payment_intent"]
    assert fetched.has_failed_payment is False


def test_a_request_that_is_always_refused_does_not_hold_stock_for_ever(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: dict, key: str) -> None:
        raise gateway.GatewayRejected("InvalidRequestError 400")

    monkeypatch.setattr("checkout.gateway.create_session", refuse)
    filled.send(filled.checkout_form())
    order = Order.objects.get()
    held_until = order.expires_at
    for _click in range(MAX_ATTEMPTS):
        assert filled.client.post(f"/orders/{order.token}/pay/").status_code == 503
    order.refresh_from_db()
    assert order.attempts.count() == MAX_ATTEMPTS
    assert order.expires_at == held_until


def test_a_payment_that_begins_while_an_order_is_canceled_keeps_it(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _session_id = filled.check_out()

    def close_and_begin_again(*args: object, **kwargs: object) -> None:
        order.attempts.update(state=AttemptState.FAILED)
        payments.start_payment(order)

    monkeypatch.setattr("checkout.closing.close_session", close_and_begin_again)
    with pytest.raises(PaymentUnavailable):
        cancel_order(order, source="test")
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT


def test_money_that_does_not_fit_and_comes_days_later_is_found_without_being_told_of(
    filled: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = filled.check_out()
    order.attempts.update(created_at=timezone.now() - timedelta(minutes=3))
    data = {
        "id": session_id, "status": "complete", "payment_status": "unpaid", "mode": "payment",
        "amount_total": 100, "currency": "eur", "livemode": False,
        "payment_intent": {"id": "pi_1", "status": "processing"},
    }  # fmt: skip
    monkeypatch.setattr(
        "checkout.gateway.retrieve_session", lambda _id: gateway.parse_session(data)
    )
    assert reconcile_payments() == 1
    order.refresh_from_db()
    assert (order.status, order.attempts.get().state) == ("review", AttemptState.COMPLETE)
    data["payment_status"] = "paid"
    order.attempts.update(checked_at=None)
    assert reconcile_payments() == 1
    assert Payment.objects.get().amount == 1
    order.attempts.update(checked_at=None)
    assert reconcile_payments() == 0


def test_money_that_does_not_fit_is_recorded_and_the_staff_is_told(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    event = filled.sandbox.events("checkout.session.completed")[-1]
    event["data"]["object"]["amount_total"] = 100
    filled.post_event(event)
    payment = Payment.objects.get()
    assert (payment.amount, payment.currency) == (1, "EUR")
    assert list(OutgoingEmail.objects.values_list("kind", flat=True)) == ["staff_attention"]
    assert process_outbox() == 1
    message = mail.outbox[0]
    assert message.subject == f"Order {order.number} needs your attention"
    assert "is over 100, not 5290 minor units" in message.body
    filled.sandbox.refund(payment.payment_intent)
    filled.deliver("refund.created")
    assert Refund.objects.get().order == order


def test_a_right_payment_after_a_wrong_one_does_not_hide_it(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    event = filled.sandbox.events("checkout.session.completed")[-1]
    wrong = {**event, "id": "evt_wrong"}
    wrong["data"] = {"object": {**event["data"]["object"], "amount_total": 1}}
    wrong["data"]["object"]["payment_intent"] = "pi_wrong"
    filled.post_event(wrong)
    filled.post_event(event)
    order.refresh_from_db()
    assert order.status == OrderStatus.REVIEW
    assert Payment.objects.count() == 2
    assert Payment.objects.get(payment_intent="pi_wrong").is_duplicate is False


def test_a_product_deleted_before_its_order_is_paid_changes_nothing(filled: Shopper) -> None:
    order, session_id = filled.check_out()
    Product.objects.all().delete()
    filled.sandbox.pay(session_id)
    filled.deliver()
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_a_refund_told_before_its_payment_was_recorded_otherwise_is_applied(
    filled: Shopper,
) -> None:
    order, session_id = filled.check_out()
    paid = filled.sandbox.pay(session_id)
    filled.sandbox.refund(paid.session["payment_intent"])
    refund = filled.sandbox.events("refund.created")[-1]
    filled.post_event(refund)
    filled.come_back(order, session_id)  # Not a webhook records the payment.
    assert not Refund.objects.exists()
    reconcile_payments()
    assert Refund.objects.get().order == order
    assert WebhookEvent.objects.get(event_id=refund["id"]).state == "applied"


def test_a_decided_order_is_not_asked_about_again(filled: Shopper, monkeypatch) -> None:
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    asked = []
    real = gateway.retrieve_session
    monkeypatch.setattr(
        "checkout.gateway.retrieve_session", lambda _id: asked.append(_id) or real(_id)
    )
    for _visit in range(3):
        filled.come_back(order, session_id)
    assert asked == [session_id]
