"""The inbox of Stripe's events: what fails leaves a trace, is tried again, and happens once."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from checkout import gateway, inbox
from checkout.failures import failure_report
from checkout.inbox import FIRST_PAUSE, MAX_ATTEMPTS
from checkout.inbox_retries import forget_old_events, replay_event, retry_events
from checkout.models import WebhookEvent
from orders.attention import concerns_by_order
from orders.models import Dispute, Invoice, Order, OutgoingEmail, Payment, Refund
from orders.status import OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page
from tests.flows.events import changed, completed
from tests.flows.shopper import Shopper

SECRET = "alice@example.com and her address"


class Trouble(Exception):
    """What nobody thought of."""


@pytest.fixture
def waiting(shopper: Shopper) -> tuple[Order, str]:
    """An order that waits for its payment, and its session."""
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper.check_out()


def break_down(*args: object, **kwargs: object) -> None:
    raise Trouble(SECRET)


def fail(shopper: Shopper, event: dict, monkeypatch: pytest.MonkeyPatch) -> WebhookEvent:
    """The event arrives while its work does not work."""
    with monkeypatch.context() as patch:
        patch.setattr("orders.payments.issue_invoice", break_down)  # In the middle of the work.
        assert shopper.post_event(event).status_code == 500
    return WebhookEvent.objects.get(event_id=event["id"])


def make_due() -> None:
    WebhookEvent.objects.update(next_attempt_at=timezone.now())


def everything() -> tuple:
    """All that an event about a payment can change."""
    return (
        list(Payment.objects.values()), list(Invoice.objects.values("number", "document")),
        list(OutgoingEmail.objects.values()), list(StockRecord.objects.values()),
        list(Order.objects.values()), list(Refund.objects.values()),
        list(WebhookEvent.objects.values()),
    )  # fmt: skip


def test_an_event_that_works_is_done_after_one_attempt(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    shopper.post_event(event)
    row = WebhookEvent.objects.get()
    assert (row.state, row.order, row.attempts, row.last_error) == ("applied", order, 1, "")
    assert row.next_attempt_at is None
    assert row.handled_at is not None


def test_of_a_payment_nothing_is_kept_but_its_names_at_stripe(shopper: Shopper, waiting) -> None:
    shopper.post_event(completed(shopper, waiting[1]))
    [row] = WebhookEvent.objects.values()
    assert row["facts"] == {}
    assert "alice" not in str(row).lower()
    assert row["object_id"] == waiting[1]


def test_a_failure_leaves_its_trace_and_no_effect(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    row = fail(shopper, completed(shopper, session_id), monkeypatch)
    assert (row.state, row.attempts, row.order) == ("failed", 1, order)
    assert row.handled_at is None
    assert row.last_error == "Trouble in orders.payments.mark_paid"
    assert SECRET not in row.last_error
    assert Payment.objects.count() == Invoice.objects.count() == OutgoingEmail.objects.count() == 0
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT


def test_stripes_next_delivery_of_a_failed_event_does_it(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = completed(shopper, waiting[1])
    fail(shopper, event, monkeypatch)
    assert shopper.post_event(event).status_code == 200
    row = WebhookEvent.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("applied", 2, "")
    assert (Payment.objects.count(), Invoice.objects.count()) == (1, 1)


def test_beat_tries_a_failed_event_when_its_pause_is_over(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    row = fail(shopper, completed(shopper, session_id), monkeypatch)
    left = row.next_attempt_at - timezone.now()
    assert timedelta() < left <= FIRST_PAUSE
    assert retry_events() == 0
    make_due()
    assert retry_events() == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert WebhookEvent.objects.get().state == "applied"
    assert retry_events() == 0


def test_pauses_grow_and_end(shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(shopper, completed(shopper, waiting[1]), monkeypatch)
    monkeypatch.setattr("orders.payments.issue_invoice", break_down)
    pauses = []
    while WebhookEvent.objects.get().next_attempt_at:
        make_due()
        begun = timezone.now()
        assert retry_events() == 1
        row = WebhookEvent.objects.get()
        pauses.append(row.next_attempt_at and round((row.next_attempt_at - begun) / FIRST_PAUSE))
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 180, 180, 180, None]
    assert (row.state, row.attempts) == ("failed", MAX_ATTEMPTS)
    make_due()
    WebhookEvent.objects.update(next_attempt_at=None)
    assert retry_events() == 0


def test_an_event_whose_process_was_killed_is_tried_again(shopper: Shopper, waiting) -> None:
    order, session_id = waiting
    shopper.post_event(completed(shopper, session_id))
    # As a kill right after the arrival leaves it: none of the effects, and nobody's failure.
    late = changed(completed_again(shopper), "evt_killed")
    inbox.keep_event(gateway_event(late))
    row = WebhookEvent.objects.get(event_id="evt_killed")
    assert (row.state, row.attempts) == ("received", 1)
    make_due()
    assert retry_events() == 1
    row.refresh_from_db()
    assert (row.state, row.order, row.attempts) == ("applied", order, 2)


def completed_again(shopper: Shopper) -> dict:
    return shopper.sandbox.events("checkout.session.completed")[-1]


def gateway_event(event: dict) -> gateway.GatewayEvent:
    return gateway.GatewayEvent(
        id=event["id"], type=event["type"], api_version="", is_live=False,
        created_at=timezone.now(), object=event["data"]["object"],
    )  # fmt: skip


def test_a_retry_believes_stripe_and_not_the_old_event(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event said that the money takes days; by now it is there."""
    order, session_id = waiting
    event = changed(completed(shopper, session_id), payment_status="unpaid")
    with monkeypatch.context() as patch:
        patch.setattr("checkout.sessions.await_bank", break_down)
        assert shopper.post_event(event).status_code == 500
    make_due()
    assert retry_events() == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_while_stripe_does_not_answer_events_stay_and_the_rest_waits(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    event = completed(shopper, waiting[1])
    fail(shopper, event, monkeypatch)
    fail(shopper, changed(event, "evt_other"), monkeypatch)
    make_due()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    assert retry_events() == 1
    tried = WebhookEvent.objects.get(attempts=2)
    assert (tried.state, tried.last_error) == (
        "failed", "GatewayUnavailable: APIConnectionError",
    )  # fmt: skip


def test_a_thousand_replays_and_deliveries_of_an_applied_event_change_nothing(
    shopper: Shopper, waiting
) -> None:
    event = completed(shopper, waiting[1])
    shopper.post_event(event)
    before = everything()
    row = WebhookEvent.objects.get()
    arrived = gateway_event(event)
    for _time in range(500):
        replay_event(row, user=None)
        inbox.receive_event(arrived)
    assert everything() == before


def test_many_replays_of_an_event_without_order_change_one_row(shopper: Shopper, waiting) -> None:
    event = changed(completed(shopper, waiting[1]))
    event["type"] = "charge.dispute.created"
    event["data"]["object"] = {"object": "dispute", "id": "dp_9", "payment_intent": "pi_foreign"}
    shopper.post_event(event)
    row = WebhookEvent.objects.get(event_id="evt_changed")
    for _time in range(20):
        replay_event(row, user=None)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("unmatched", 21)
    assert WebhookEvent.objects.count() == 1
    assert not Dispute.objects.exists()
    assert not Payment.objects.exists()


def test_a_replay_by_hand_works_after_the_shop_has_given_up(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = fail(shopper, completed(shopper, waiting[1]), monkeypatch)
    WebhookEvent.objects.update(attempts=MAX_ATTEMPTS, next_attempt_at=None)
    row.refresh_from_db()
    assert replay_event(row, user=None).state == "applied"
    row.refresh_from_db()
    assert row.attempts == MAX_ATTEMPTS + 1
    assert Payment.objects.count() == 1


def test_a_failed_refund_event_is_applied_from_what_was_kept_of_it(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    shopper.post_event(completed(shopper, session_id))
    refund = shopper.sandbox.refund(Payment.objects.get().payment_intent, 1000)
    event = shopper.sandbox.events("refund.created")[-1]
    with monkeypatch.context() as patch:
        patch.setattr("orders.refund_records.issue_credit_note", break_down)
        assert shopper.post_event(event).status_code == 500
    assert not Refund.objects.exists()
    make_due()
    assert retry_events() == 1
    found = Refund.objects.get()
    assert (found.stripe_id, found.order, str(found.amount)) == (refund["id"], order, "10.000")


def test_a_refund_that_came_early_and_fails_takes_no_payment_with_it(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    payment = completed(shopper, session_id)
    shopper.sandbox.refund(payment["data"]["object"]["payment_intent"], 1000)
    early = shopper.sandbox.events("refund.created")[-1]
    shopper.post_event(early)
    with monkeypatch.context() as patch:
        patch.setattr("orders.refund_records.issue_credit_note", break_down)
        assert shopper.post_event(payment).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    row = WebhookEvent.objects.get(event_id=early["id"])
    assert (row.state, row.order, Refund.objects.count()) == ("failed", order, 0)
    make_due()
    assert retry_events() == 1
    assert str(Refund.objects.get().amount) == "10.000"


def test_an_event_that_never_came_to_an_end_is_told_of_when_it_is_given_up(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    row = fail(shopper, completed(shopper, session_id), monkeypatch)
    WebhookEvent.objects.update(state="received", next_attempt_at=None, last_error="")
    assert concerns_by_order() == {}
    assert retry_events() == 0
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("failed", "Never came to an end")
    assert [one.code for one in concerns_by_order()[order.pk]] == ["webhook_failed"]


def test_the_log_says_where_an_event_failed_and_nothing_of_the_shopper() -> None:
    try:
        break_down()
    except Trouble as error:
        report = failure_report(error)
    assert "in break_down" in report
    assert report.endswith("Trouble in tests.flows.test_inbox.break_down")
    assert SECRET not in report


def test_a_failed_event_makes_its_order_need_attention_until_it_works(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    fail(shopper, event, monkeypatch)
    assert [one.code for one in concerns_by_order()[order.pk]] == ["webhook_failed"]
    shopper.post_event(event)
    assert concerns_by_order() == {}


def test_events_are_emptied_after_ninety_days_unless_they_failed(
    shopper: Shopper, waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = completed(shopper, waiting[1])
    fail(shopper, event, monkeypatch)
    other = changed(event, "evt_other")
    other["type"] = "customer.created"
    for number in range(2):
        shopper.post_event({**other, "id": f"evt_{number}"})
    WebhookEvent.objects.exclude(event_id="evt_1").update(
        received_at=F("received_at") - timedelta(days=91)
    )
    WebhookEvent.objects.filter(event_id="evt_1").update(
        received_at=F("received_at") - timedelta(days=89)
    )
    kept = [WebhookEvent.objects.get(event_id=name) for name in (event["id"], "evt_1")]
    assert forget_old_events() == 1
    assert forget_old_events() == 0
    old = WebhookEvent.objects.get(event_id="evt_0")
    assert (old.object_id, old.payment_intent, old.facts, old.last_error) == ("", "", {}, "")
    assert old.state == WebhookEvent.State.IGNORED
    for row in kept:
        assert row.object_id
        assert WebhookEvent.objects.filter(pk=row.pk, object_id=row.object_id).exists()
    shopper.post_event({**other, "id": "evt_0"})
    assert WebhookEvent.objects.get(event_id="evt_0").object_id == ""
