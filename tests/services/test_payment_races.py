"""News of one payment from several sides at once, and many payments at the same moment."""

import time
from collections import Counter
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from checkout import sessions
from checkout.inbox import lock_event
from checkout.models import WebhookEvent
from checkout.payments import start_payment
from orders import payments
from orders.models import Invoice, Order, OrderEvent, OutgoingEmail, Payment, PaymentAttempt
from orders.outbox import queue_email
from orders.status import AttemptState, OrderStatus
from products.models import StockRecord
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_product_page
from tests.flows.shopper import Shopper
from tests.services.databases import on_both_databases, on_postgresql, on_sqlite
from tests.services.purchases import Purchase, deliver, pay_at_stripe
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DELIVERIES = 20


def statuses(results: list[HttpResponse | Exception]) -> Counter[int | str]:
    return Counter(
        result.status_code if isinstance(result, HttpResponse) else repr(result)
        for result in results
    )


def assert_paid_once(order: Order) -> None:
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Payment.objects.filter(order=order).count() == 1
    assert Invoice.objects.filter(order=order).count() == 1
    assert OutgoingEmail.objects.filter(order=order).count() == 2
    changes = order.events.filter(kind=OrderEvent.Kind.STATUS)
    assert [change.status for change in changes] == [OrderStatus.PAID]


@on_both_databases
def test_one_event_delivered_many_times_at_once_counts_once(
    database: str, sandbox: RunningSandbox
) -> None:
    purchase = pay_at_stripe(sandbox)
    results = at_once([partial(deliver, sandbox, purchase)] * DELIVERIES)
    assert statuses(results) == {200: DELIVERIES}
    (event,) = WebhookEvent.objects.all()
    assert (event.state, event.order) == (WebhookEvent.State.APPLIED, purchase.order)
    assert_paid_once(purchase.order)


def somebody_else_writes() -> None:
    (written,) = at_once([lambda: PaymentAttempt.objects.update(checked_at=timezone.now())])
    assert written == 1


@on_sqlite
def test_without_immediate_transactions_one_that_read_first_fails_when_somebody_else_writes(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: it fails at once, whatever the time-out."""

    def lock_and_be_overtaken(pk: int) -> WebhookEvent:
        row = lock_event(pk)
        somebody_else_writes()
        return row

    purchase = pay_at_stripe(sandbox)
    options = connection.settings_dict["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
    connection.close()
    with monkeypatch.context() as patch:
        patch.setattr("checkout.inbox.lock_event", lock_and_be_overtaken)
        started = time.monotonic()
        assert deliver(sandbox, purchase).status_code == 503
        assert time.monotonic() - started < 10
    assert deliver(sandbox, purchase).status_code == 200
    assert_paid_once(purchase.order)


def come_back(purchase: Purchase) -> HttpResponse:
    """The shopper's browser, on its way back from Stripe."""
    path = f"/checkout/return/{purchase.order.token}/"
    client = Client(raise_request_exception=False)
    return client.get(path, {"session_id": purchase.session_id})


@on_both_databases
def test_webhook_and_return_page_at_the_same_moment_pay_once(
    database: str, sandbox: RunningSandbox
) -> None:
    for _round in range(3):
        purchase = pay_at_stripe(sandbox)
        calls = [partial(deliver, sandbox, purchase), partial(come_back, purchase)] * 3
        assert statuses(at_once(calls)) == {200: 3, 302: 3}
        assert_paid_once(purchase.order)


def pay_twice(sandbox: RunningSandbox) -> list[Purchase]:
    """One order, paid in two sessions: the shop had given up the first, and Stripe had not yet."""
    first = pay_at_stripe(sandbox)
    first.order.attempts.update(state=AttemptState.EXPIRED)
    start_payment(first.order)
    session_id = first.order.attempts.latest("number").session_id or ""
    sandbox.pay(session_id)
    event = sandbox.events("checkout.session.completed")[-1]
    return [first, Purchase(first.order, session_id, event)]


@on_both_databases
def test_of_two_payments_at_the_same_moment_the_second_is_known_as_one_too_many(
    database: str, sandbox: RunningSandbox
) -> None:
    purchases = pay_twice(sandbox)
    results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases])
    assert statuses(results) == {200: 2}
    assert sorted(Payment.objects.values_list("is_duplicate", flat=True)) == [False, True]
    order = purchases[0].order
    assert order.events.filter(kind=OrderEvent.Kind.MISMATCH).count() == 1
    assert Invoice.objects.count() == 1
    kinds = set(OutgoingEmail.objects.values_list("kind", flat=True))
    assert kinds == {"order_confirmation", "staff_new_order", "staff_attention"}


@on_postgresql
def test_without_the_lock_on_the_order_nobody_would_know(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    both_looked = Barrier(2)

    def look_at_order(pk: int) -> Order:
        order = Order.objects.get(pk=pk)
        both_looked.wait(30)
        return order

    purchases = pay_twice(sandbox)
    monkeypatch.setattr(sessions, "lock_order", look_at_order)
    results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases])
    assert statuses(results) == {200: 2}
    assert list(Payment.objects.values_list("is_duplicate", flat=True)) == [False, False]


@on_both_databases
def test_invoice_numbers_have_no_gap_when_payments_roll_back(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchases = [pay_at_stripe(sandbox) for _number in range(DELIVERIES)]
    troubled = {purchase.order.pk for purchase in purchases[::4]}

    def queue_email_or_fail(order: Order, kind: OutgoingEmail.Kind) -> OutgoingEmail:
        # The invoice has its number by now, and the transaction ends without it.
        if order.pk in troubled:
            raise OperationalError("The connection was lost.")
        return queue_email(order, kind)

    with monkeypatch.context() as patch:
        patch.setattr(payments, "queue_email", queue_email_or_fail)
        results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases])
    assert statuses(results) == {200: 15, 503: 5}
    assert invoice_numbers() == list(range(1, 16))

    results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases])
    assert statuses(results) == {200: DELIVERIES}
    assert invoice_numbers() == list(range(1, DELIVERIES + 1))


def invoice_numbers() -> list[int]:
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    return [int(number.rpartition("-")[2]) for number in numbers]


@on_both_databases
def test_a_checkout_form_sent_several_times_at_once_makes_one_order(
    database: str, shopper: Shopper
) -> None:
    make_product_page(sku="MUG", on_hand=1)
    shopper.add("MUG")
    form = shopper.checkout_form()

    def send() -> HttpResponse:
        tab = Client(raise_request_exception=False)
        tab.cookies = shopper.client.cookies.copy()
        return tab.post("/checkout/", form)

    results = at_once([send] * 4)
    assert statuses(results) == {303: 4}
    assert len({result["Location"] for result in results}) == 1  # type: ignore[index]
    assert Order.objects.count() == PaymentAttempt.objects.count() == 1
    assert StockRecord.objects.get().allocated == 1
