"""Events of Stripe's, as they really arrive: twice, late, out of order, wrong and foreign."""

from itertools import permutations

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from checkout.models import WebhookEvent
from orders.models import Dispute, Invoice, Order, OrderEvent, OutgoingEmail, Payment, Refund
from orders.status import AttemptState, OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page
from tests.flows.events import changed, completed, delayed
from tests.flows.shopper import Shopper


@pytest.fixture
def waiting(shopper: Shopper) -> tuple[Order, str]:
    """An order that waits for its payment, and its session."""
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper.check_out()


def effects() -> tuple[int, int, int]:
    return Payment.objects.count(), Invoice.objects.count(), OutgoingEmail.objects.count()


def test_a_second_delivery_of_an_event_changes_nothing(shopper: Shopper, waiting) -> None:
    event = completed(shopper, waiting[1])
    for _delivery in range(3):
        assert shopper.post_event(event).status_code == 200
    assert effects() == (1, 1, 2)
    assert WebhookEvent.objects.filter(event_id=event["id"]).count() == 1
    statuses = OrderEvent.objects.filter(kind="status")
    assert [status.status for status in statuses] == ["paid"]


def test_two_different_events_about_one_payment_pay_once(shopper: Shopper, waiting) -> None:
    event = completed(shopper, waiting[1])
    twin = changed(event)
    twin["type"] = "checkout.session.async_payment_succeeded"
    shopper.post_event(event)
    assert shopper.post_event(twin).status_code == 200
    assert effects() == (1, 1, 2)


def test_no_mail_is_written_before_the_payment(shopper: Shopper, waiting) -> None:
    assert not OutgoingEmail.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_total": 5}, "is over 5, not 5290 minor units"),
        ({"amount_total": 999_999}, "is over 999999, not 5290 minor units"),
        ({"currency": "usd"}, "is in 'usd', not EUR"),
        ({"mode": "subscription"}, "has mode 'subscription'"),
    ],
)
def test_a_payment_that_does_not_match_goes_to_review_and_never_to_paid(
    shopper: Shopper, waiting, change: dict, words: str
) -> None:
    order, session_id = waiting
    event = changed(completed(shopper, session_id), **change)
    assert shopper.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.REVIEW
    assert order.events.filter(kind="mismatch", text__contains=words).count() == 1
    # The money is recorded as it is; the one mail goes to the staff.
    assert effects() == (1, 0, 1)
    assert OutgoingEmail.objects.get().kind == "staff_attention"


@pytest.mark.parametrize(
    ("change", "kind", "state"),
    [
        ({}, "completed", AttemptState.COMPLETE),
        ({"payment_status": "unpaid"}, "completed", AttemptState.COMPLETE),
        ({"payment_status": "unpaid"}, "async_payment_failed", AttemptState.FAILED),
        ({"payment_status": "unpaid", "status": "expired"}, "expired", AttemptState.EXPIRED),
        ({"payment_status": "unpaid", "status": "open"}, "completed", AttemptState.OPEN),
    ],
)
def test_a_session_that_does_not_match_is_not_asked_about_once_nothing_can_be_paid_in_it(
    shopper: Shopper, waiting, change: dict, kind: str, state: str
) -> None:
    order, session_id = waiting
    event = changed(completed(shopper, session_id), amount_total=5, **change)
    shopper.post_event({**event, "type": f"checkout.session.{kind}"})
    order.refresh_from_db()
    assert order.status == OrderStatus.REVIEW
    assert order.attempts.get().state == state


def test_an_event_of_live_mode_is_ignored_in_test_mode(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = {**changed(completed(shopper, session_id)), "livemode": True}
    assert shopper.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert WebhookEvent.objects.get(event_id="evt_changed").state == "ignored"


def test_a_foreign_session_with_our_reference_pays_nothing(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    # As a payment link for one cent would give it, with ?client_reference_id= of our order.
    event = changed(completed(shopper, session_id), id="cs_test_foreign", metadata={})
    assert event["data"]["object"]["client_reference_id"] == order.number
    assert shopper.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert WebhookEvent.objects.get(event_id="evt_changed").state == "unmatched"


def test_an_unknown_type_is_kept_and_answered(shopper: Shopper, waiting) -> None:
    event = changed(completed(shopper, waiting[1]))
    event["type"] = "customer.created"
    assert shopper.post_event(event).status_code == 200
    assert WebhookEvent.objects.get(event_id="evt_changed").state == "ignored"
    assert effects() == (0, 0, 0)


@pytest.mark.parametrize(
    "headers", [{}, {"Stripe-Signature": ""}, {"Stripe-Signature": "t=1,v1=00"}]
)
def test_a_missing_or_forged_signature_is_a_400_and_leaves_nothing(
    shopper: Shopper, waiting, headers: dict
) -> None:
    body, _headers = shopper.sandbox.signed_request(completed(shopper, waiting[1]))
    response = Client().post(
        "/checkout/webhook/", data=body, content_type="application/json", headers=headers
    )
    assert response.status_code == 400
    assert not WebhookEvent.objects.exists()
    assert effects() == (0, 0, 0)


def test_the_webhook_answers_to_post_only(client: Client, db: None) -> None:
    assert client.get("/checkout/webhook/").status_code == 405
    assert client.put("/checkout/webhook/").status_code == 405


def test_trouble_with_the_database_is_a_503_and_the_next_delivery_works(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = completed(shopper, waiting[1])

    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("orders.payments.issue_invoice", locked)  # In the middle of the work.
        assert shopper.post_event(event).status_code == 503
    assert WebhookEvent.objects.get().state == "failed"
    assert effects() == (0, 0, 0)
    assert shopper.post_event(event).status_code == 200
    assert effects() == (1, 1, 2)


def test_an_expired_session_ends_the_order_and_frees_its_stock(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    assert StockRecord.objects.get().available == 3
    shopper.sandbox.expire(session_id)
    for _delivery in range(2):
        shopper.deliver("checkout.session.expired")
    order.refresh_from_db()
    assert order.status == OrderStatus.EXPIRED
    assert StockRecord.objects.get().available == 5
    assert shopper.client.get(order.get_absolute_url()).context["state"] == "expired"


def test_a_late_expiry_does_not_undo_a_payment(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(event)
    late = changed(event, "evt_late", status="expired", payment_status="unpaid")
    late["type"] = "checkout.session.expired"
    assert shopper.post_event(late).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert StockRecord.objects.get().allocated == 2


def test_a_delayed_method_is_processing_until_its_money_comes(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(delayed(event, "evt_1", "completed", "unpaid"))
    order.refresh_from_db()
    assert order.status == OrderStatus.PROCESSING
    assert effects() == (0, 0, 1)  # The mail says that the money takes its time.
    assert StockRecord.objects.get().allocated == 2
    shopper.post_event(delayed(event, "evt_2", "async_payment_succeeded", "paid"))
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert effects() == (1, 1, 2)  # It is not sent any more.


@pytest.mark.parametrize("order_of_arrival", [("evt_1", "evt_2"), ("evt_2", "evt_1")])
def test_a_delayed_method_that_fails_can_be_paid_another_way(
    shopper: Shopper, waiting, order_of_arrival: tuple[str, str]
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    events = {
        "evt_1": delayed(event, "evt_1", "completed", "unpaid"),
        "evt_2": delayed(event, "evt_2", "async_payment_failed", "unpaid"),
    }
    for event_id in order_of_arrival:
        shopper.post_event(events[event_id])
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert order.events.filter(kind="payment_failed").count() == 1
    again = shopper.client.post(f"/orders/{order.token}/pay/")
    assert again.status_code == 303
    assert session_id not in again["Location"]
    assert order.attempts.count() == 2


def test_money_after_expiry_takes_the_stock_again(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    late = changed(event, "evt_expired", status="expired")
    late["type"] = "checkout.session.expired"
    shopper.post_event(late)
    assert StockRecord.objects.get().allocated == 0
    shopper.post_event(event)
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert StockRecord.objects.get().allocated == 2


def test_money_after_expiry_without_stock_goes_to_review(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    late = changed(event, "evt_expired", status="expired")
    late["type"] = "checkout.session.expired"
    shopper.post_event(late)
    StockRecord.objects.update(on_hand=1)
    shopper.post_event(event)
    order.refresh_from_db()
    assert order.status == OrderStatus.REVIEW
    assert effects() == (1, 0, 1)  # The money is recorded; nothing is invoiced or promised.
    assert OutgoingEmail.objects.get().kind == "staff_attention"
    assert StockRecord.objects.get().allocated == 0


def test_a_second_payment_of_an_order_is_recorded_as_paid_twice(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(event)
    shopper.post_event(changed(event, payment_intent="pi_second"))
    assert list(Payment.objects.values_list("is_duplicate", flat=True)) == [False, True]
    assert Invoice.objects.count() == 1
    assert order.events.filter(kind="mismatch").count() == 1


def test_a_refund_is_recorded_and_only_goes_forward(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    shopper.post_event(completed(shopper, session_id))
    shopper.sandbox.refund(Payment.objects.get().payment_intent, 1000)
    event = shopper.sandbox.events("refund.created")[-1]
    succeeded = changed(event, "evt_2", status="succeeded")
    pending = changed(event, "evt_1", status="pending")
    shopper.post_event(succeeded)
    shopper.post_event(pending)
    refund = Refund.objects.get()
    assert (refund.order, refund.state) == (order, "succeeded")
    assert str(refund.amount) == "10.000"
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_a_refund_that_overtakes_its_payment_is_applied_after_it(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.sandbox.refund(event["data"]["object"]["payment_intent"])
    refund = shopper.sandbox.events("refund.created")[-1]
    assert shopper.post_event(refund).status_code == 200
    assert not Refund.objects.exists()
    shopper.post_event(event)
    assert Refund.objects.get().order == order
    assert WebhookEvent.objects.get(event_id=refund["id"]).state == "applied"


@pytest.mark.parametrize(
    ("states", "last", "told"),
    [
        (["needs_response", "lost", "under_review"], "lost", 2),
        (["warning_needs_response", "warning_under_review", "needs_response"], "needs_response", 3),
        (["warning_closed", "needs_response", "warning_closed"], "needs_response", 2),
    ],
)
def test_of_what_is_told_of_a_dispute_in_one_second_the_furthest_state_is_kept(
    shopper: Shopper, waiting, states: list[str], last: str, told: int
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(event)
    intent = event["data"]["object"]["payment_intent"]
    dispute = {
        "object": "dispute",
        "id": "dp_1",
        "amount": 5290,
        "currency": "eur",
        "payment_intent": intent,
    }
    for number, state in enumerate(states):
        twin = {**changed(event, f"evt_{number}"), "type": "charge.dispute.updated"}
        twin["data"] = {"object": {**dispute, "status": state}}
        assert shopper.post_event(twin).status_code == 200
    assert Dispute.objects.get().state == last
    assert order.events.filter(kind="dispute").count() == told


@pytest.mark.parametrize("arrival", list(permutations(range(3))))
def test_a_dispute_that_is_lost_and_won_after_an_appeal_is_won_in_any_order_of_arrival(
    shopper: Shopper, waiting, arrival: tuple[int, ...]
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(event)
    intent = event["data"]["object"]["payment_intent"]
    kinds = ("closed", "updated", "funds_reinstated")
    states = ("lost", "appeal_under_review", "won")
    for number in arrival:
        twin = changed(event, f"evt_{number}")
        twin |= {"type": f"charge.dispute.{kinds[number]}", "created": event["created"] + number}
        twin["data"] = {
            "object": {
                "object": "dispute", "id": "dp_1", "amount": 5290, "currency": "eur",
                "payment_intent": intent, "status": states[number],
            }
        }  # fmt: skip
        assert shopper.post_event(twin).status_code == 200
    assert Dispute.objects.get().state == "won"
    told = order.events.filter(kind="dispute").values_list("text", flat=True)
    assert list(told)[-1] == "€52.90 Won (dp_1)"


def test_wrong_money_that_comes_late_is_recorded_though_it_was_told_of(
    shopper: Shopper, waiting
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    for name, kind, state in (
        ("evt_1", "completed", "unpaid"),
        ("evt_2", "async_payment_succeeded", "paid"),
    ):
        twin = delayed(event, name, kind, state)
        twin["data"]["object"]["amount_total"] += 100
        assert shopper.post_event(twin).status_code == 200
    payment = Payment.objects.get()
    assert (payment.order, payment.amount) == (order, order.total + 1)
    assert order.events.filter(kind="mismatch").count() == 1
