"""One event of Stripe's from several sides at once: delivered twice, tried by beat, replayed."""

import copy
from functools import partial
from threading import Barrier

import pytest
from django.http import HttpResponse

from checkout import inbox
from checkout.events import MONEY_BACK_EVENTS
from checkout.inbox_retries import replay_event
from checkout.models import WebhookEvent
from orders import disputes
from orders.models import Dispute, Order, OrderEvent, OutgoingEmail
from stripe_sandbox.testing import RunningSandbox
from tests.services.databases import on_both_databases, on_postgresql
from tests.services.purchases import Purchase, deliver, pay_at_stripe
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def dispute_of(sandbox: RunningSandbox, event_id: str) -> Purchase:
    """A paid order and the event of a dispute about it, which nothing but the inbox keeps from
    being recorded twice."""
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    event = copy.deepcopy(purchase.event)
    event |= {"id": event_id, "type": "charge.dispute.created"}
    intent = event["data"]["object"]["payment_intent"]
    event["data"]["object"] = {
        "object": "dispute", "id": f"dp_{event_id}", "amount": 2890, "currency": "eur",
        "status": "needs_response", "payment_intent": intent,
    }  # fmt: skip
    return Purchase(purchase.order, purchase.session_id, event)


def assert_recorded_once(purchase: Purchase) -> None:
    assert Dispute.objects.filter(order=purchase.order).count() == 1
    assert purchase.order.events.filter(kind=OrderEvent.Kind.DISPUTE).count() == 1
    mails = OutgoingEmail.objects.filter(order=purchase.order, about__startswith="dispute-")
    assert mails.count() == 1
    event = WebhookEvent.objects.get(event_id=purchase.event["id"])
    assert (event.state, event.order, event.last_error) == ("applied", purchase.order, "")


@on_both_databases
def test_one_event_delivered_twice_at_once_is_applied_once(
    database: str, sandbox: RunningSandbox
) -> None:
    for number in range(3):
        purchase = dispute_of(sandbox, f"evt_{number}")
        results = at_once([partial(deliver, sandbox, purchase)] * 2)
        assert [getattr(result, "status_code", result) for result in results] == [200, 200]
        assert_recorded_once(purchase)


@on_both_databases
def test_a_delivery_and_replays_of_a_failed_event_apply_it_once(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase = dispute_of(sandbox, "evt_failed")
    with monkeypatch.context() as patch:
        patch.setitem(MONEY_BACK_EVENTS, "charge.dispute.created", fail)
        assert deliver(sandbox, purchase).status_code == 500
    row = WebhookEvent.objects.get(event_id="evt_failed")
    assert row.state == "failed"
    calls = [partial(replay_event, row, user=None)] * 3 + [partial(deliver, sandbox, purchase)] * 3
    results = at_once(calls)
    assert not [one for one in results if isinstance(one, Exception)]
    assert {one.status_code for one in results if isinstance(one, HttpResponse)} == {200}
    assert_recorded_once(purchase)


def fail(*args: object) -> None:
    raise RuntimeError("On purpose.")


@on_postgresql
def test_without_the_lock_on_the_event_both_would_try(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the tests above, without the lock on the order either: one of the two is
    stopped by the unique id of the dispute alone, and Stripe is told that it failed."""
    both_looked = Barrier(2)

    def look_at_event(pk: int) -> WebhookEvent:
        row = WebhookEvent.objects.get(pk=pk)
        both_looked.wait(30)
        return row

    purchase = dispute_of(sandbox, "evt_unlocked")
    monkeypatch.setattr(inbox, "lock_event", look_at_event)
    # Which would do as well:
    monkeypatch.setattr(disputes, "lock_order", lambda pk: Order.objects.get(pk=pk))
    results = at_once([partial(deliver, sandbox, purchase)] * 2)
    assert sorted(getattr(result, "status_code", 0) for result in results) == [200, 500]
