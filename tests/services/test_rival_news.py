"""News of one order that meet: its money and its end, two late payers, two tabs."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier, Event

import pytest
from django.db.models import F
from django.http import HttpResponse
from django.utils import timezone

from checkout import closing, payments, sessions
from checkout.reconciling import expire_orders
from orders import canceling
from orders import payments as orders_payments
from orders.models import Order, OrderLine, OutgoingEmail, Payment, PaymentAttempt, Refund
from orders.payments import Receipt
from orders.status import AttemptState, OrderAction, OrderStatus
from orders.unpaid import end_and_tell
from products.models import StockRecord
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_order, make_product
from tests.flows.events import changed
from tests.services.databases import on_both_databases, on_postgresql
from tests.services.purchases import Purchase, deliver, pay_at_stripe
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def pay_for_the_last_piece(sandbox: RunningSandbox) -> Purchase:
    """Paid at Stripe, held here, and nobody here knows of the money yet."""
    purchase = pay_at_stripe(sandbox, variant=make_product(on_hand=1))
    StockRecord.objects.update(allocated=1)
    return purchase


def expiry_of(purchase: Purchase) -> Purchase:
    """News that the session of the same order has ended unpaid."""
    event = changed(
        purchase.event, f"evt_expiry_{purchase.order.pk}", status="expired", payment_status="unpaid"
    )
    event["type"] = "checkout.session.expired"
    return Purchase(purchase.order, purchase.session_id, event)


def statuses(results: list[HttpResponse | Exception]) -> Counter[int | str]:
    return Counter(getattr(result, "status_code", repr(result)) for result in results)


def assert_paid_and_held(purchase: Purchase) -> None:
    purchase.order.refresh_from_db()
    assert purchase.order.status == OrderStatus.PAID
    assert purchase.order.lines.get().allocated == StockRecord.objects.get().allocated == 1
    assert Payment.objects.get().is_duplicate is False
    kinds = sorted(OutgoingEmail.objects.values_list("kind", flat=True))
    assert kinds == ["order_confirmation", "staff_new_order"]


# --- Money and the end of an order ------------------------------------------------------------


def the_job_ends_it(order: Order) -> None:
    expire_orders()


def the_clerk_cancels_it(order: Order) -> None:
    with suppress(canceling.CannotCancel):
        canceling.cancel_order(order=order, user=None)


def the_shopper_gives_it_up(order: Order) -> None:
    closing.cancel_order(order, source="checkout")


@on_both_databases
@pytest.mark.parametrize("end", [the_job_ends_it, the_clerk_cancels_it, the_shopper_gives_it_up])
def test_a_payment_wins_over_whoever_ends_its_order_at_the_same_moment(
    database: str, sandbox: RunningSandbox, end: Callable[[Order], None]
) -> None:
    purchase = pay_for_the_last_piece(sandbox)
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    calls = [partial(deliver, sandbox, purchase), partial(end, purchase.order)] * 2
    results = at_once(calls)
    assert [getattr(result, "status_code", result) for result in results] == [200, None] * 2
    assert_paid_and_held(purchase)
    assert not Refund.objects.exists()


@on_both_databases
def test_of_contrary_news_at_the_same_moment_the_money_is_believed(
    database: str, sandbox: RunningSandbox
) -> None:
    purchase = pay_for_the_last_piece(sandbox)
    calls = [partial(deliver, sandbox, purchase), partial(deliver, sandbox, expiry_of(purchase))]
    assert statuses(at_once(calls * 2)) == {200: 4}
    assert_paid_and_held(purchase)


def given_up_too_early(purchase: Purchase) -> None:
    """The shop thinks that nothing can be paid any more, and the time of the order is over."""
    PaymentAttempt.objects.update(state=AttemptState.EXPIRED)
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


@on_both_databases
def test_late_money_and_the_job_that_frees_the_goods_leave_them_with_who_paid(
    database: str, sandbox: RunningSandbox
) -> None:
    purchase = pay_for_the_last_piece(sandbox)
    given_up_too_early(purchase)
    results = at_once([partial(deliver, sandbox, purchase), expire_orders] * 2)
    assert [getattr(result, "status_code", 0) for result in results[::2]] == [200, 200]
    assert not [one for one in results if isinstance(one, Exception)]
    assert_paid_and_held(purchase)


@on_postgresql
def test_without_the_lock_on_the_order_who_paid_would_lose_the_goods(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the money finds them held, and then the job frees them."""
    money_has_looked, order_has_ended = Event(), Event()

    def look_and_wait(order: Order) -> bool:
        is_held = not order.lines.exclude(allocated=F("quantity")).exists()
        money_has_looked.set()
        assert order_has_ended.wait(30)
        return is_held

    def wait_and_end(order: Order, action: OrderAction, *, source: str) -> bool:
        assert money_has_looked.wait(30)
        return end_and_tell(order, action, source=source)

    def expire() -> int:
        ended = expire_orders()
        order_has_ended.set()
        return ended

    purchase = pay_for_the_last_piece(sandbox)
    given_up_too_early(purchase)
    for module in (sessions, closing):
        monkeypatch.setattr(module, "lock_order", lambda pk: Order.objects.get(pk=pk))
    monkeypatch.setattr("orders.payments.hold_stock_again", look_and_wait)
    monkeypatch.setattr(closing, "end_and_tell", wait_and_end)
    response, ended = at_once([partial(deliver, sandbox, purchase), expire])
    assert (getattr(response, "status_code", response), ended) == (200, 1)
    purchase.order.refresh_from_db()
    assert purchase.order.status == OrderStatus.PAID
    assert StockRecord.objects.get().allocated == 0  # The next shopper buys the same piece.


# --- Two who pay too late for one piece -------------------------------------------------------


def two_late_payers(sandbox: RunningSandbox) -> list[Purchase]:
    """Both orders have ended, and of what both want there is one."""
    variant = make_product(on_hand=1)
    purchases = [pay_at_stripe(sandbox, variant=variant) for _payer in range(2)]
    PaymentAttempt.objects.update(state=AttemptState.EXPIRED)
    Order.objects.update(status=OrderStatus.EXPIRED)
    OrderLine.objects.update(allocated=0)
    return purchases


def order_statuses() -> list[str]:
    return sorted(Order.objects.values_list("status", flat=True))


@on_both_databases
def test_of_two_late_payers_at_the_same_moment_one_gets_the_last_piece(
    database: str, sandbox: RunningSandbox
) -> None:
    purchases = two_late_payers(sandbox)
    results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases * 2])
    assert statuses(results) == {200: 4}
    assert order_statuses() == ["paid", "review"]
    assert StockRecord.objects.get().allocated == 1
    kinds = Counter(OutgoingEmail.objects.values_list("kind", flat=True))
    assert kinds == {"order_confirmation": 1, "staff_new_order": 1, "staff_attention": 1}


@on_postgresql
def test_without_the_condition_both_late_payers_would_be_promised_it(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    both_have_looked = Barrier(2)

    def allocate_what_was_seen(*, quantities: Mapping[int, int], reference: str) -> None:
        record = StockRecord.objects.get()
        assert record.available >= sum(quantities.values())
        both_have_looked.wait(30)
        StockRecord.objects.update(allocated=record.allocated + sum(quantities.values()))

    monkeypatch.setattr("orders.changes.allocate_stock", allocate_what_was_seen)
    purchases = two_late_payers(sandbox)
    results = at_once([partial(deliver, sandbox, purchase) for purchase in purchases])
    assert statuses(results) == {200: 2}
    assert order_statuses() == ["paid", "paid"]
    assert StockRecord.objects.get().allocated == 1


# --- Two tabs, and two who tell of one payment ------------------------------------------------


@on_both_databases
def test_pay_now_pressed_in_many_tabs_at_once_leads_to_one_session(
    database: str, sandbox: RunningSandbox
) -> None:
    order = make_order()
    results = at_once([partial(payments.start_payment, order)] * 6)
    attempt = PaymentAttempt.objects.get()
    assert set(results) == {attempt.url}
    with sandbox.store.reading() as records:
        assert len(records.list_all("checkout.session")) == 1


@on_postgresql
def test_without_the_lock_on_the_order_a_second_tab_would_begin_a_second_payment(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the number of the attempt alone stops the second one, and
    its shopper sees an error."""
    both_have_looked = Barrier(2)

    def look_at_order(pk: int) -> Order:
        return Order.objects.get(pk=pk)

    def begin(order: Order) -> PaymentAttempt:
        both_have_looked.wait(30)
        return new_attempt(order)

    new_attempt = payments.new_attempt
    monkeypatch.setattr(payments, "lock_order", look_at_order)
    monkeypatch.setattr(payments, "new_attempt", begin)
    results = at_once([partial(payments.start_payment, make_order())] * 2)
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "str"]


@on_postgresql
def test_without_the_lock_on_the_order_the_second_news_of_its_payment_would_fail(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control of webhook and return page at the same moment: only the unique name of the payment
    stops the second. It is told by two sessions here, since the row of a single attempt is another
    lock."""
    both_have_looked = Barrier(2)

    def record(order: Order, receipt: Receipt, *, is_duplicate: bool) -> None:
        both_have_looked.wait(30)
        record_payment(order, receipt, is_duplicate=is_duplicate)

    record_payment = orders_payments._record_payment
    purchase = pay_at_stripe(sandbox)
    monkeypatch.setattr(sessions, "lock_order", lambda pk: Order.objects.get(pk=pk))
    monkeypatch.setattr(orders_payments, "_record_payment", record)
    other = PaymentAttempt.objects.create(
        order=purchase.order, number=2, idempotency_key="twin", request={}, session_id="cs_test_2",
        expires_at=timezone.now(), state=AttemptState.OPEN,
    )  # fmt: skip
    twin = changed(purchase.event, "evt_twin", id=other.session_id)
    calls = [
        partial(deliver, sandbox, purchase),
        partial(deliver, sandbox, Purchase(purchase.order, "cs_test_2", twin)),
    ]
    assert statuses(at_once(calls)) == {200: 1, 500: 1}
    assert Payment.objects.count() == 1
