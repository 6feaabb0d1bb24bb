"""The life of an order against the clock, the catalog, the bank and a second tab."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from checkout import payments
from checkout.inbox import receive_event
from checkout.reconciling import expire_orders
from orders.attention import concerns_by_order
from orders.changes import end_unpaid
from orders.models import Invoice, Order, OrderLine, OutgoingEmail, Payment, Refund
from orders.outbox import process_outbox
from orders.placing import place_order
from orders.status import OrderAction, OrderStatus
from products.models import Product, ProductVariant, StockRecord
from stripe_sandbox.testing import Outcome, RunningSandbox
from tests.factories import make_order, make_product, make_product_page
from tests.faults.stripe_double import StripeDouble
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.events import changed
from tests.flows.shopper import Shopper
from tests.services.drafts import make_draft
from tests.services.purchases import deliver, pay_at_stripe

pytestmark = pytest.mark.django_db

# Each is ten minutes before the clocks of half the world are set.
BEFORE_WINTER = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
BEFORE_SUMMER = datetime(2027, 3, 28, 0, 50, tzinfo=UTC)


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> StripeDouble:
    double = StripeDouble()
    double.stand_in(monkeypatch)
    return double


def place(on_hand: int = 5, quantity: int = 2) -> Order:
    """An order on its way to Stripe's page."""
    order = place_order(make_draft({make_product(on_hand=on_hand): quantity}))
    payments.start_payment(order)
    order.refresh_from_db()
    return order


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def held() -> int:
    return StockRecord.objects.get().allocated


# --- Two tabs, and prices that move -----------------------------------------------------------


def test_of_two_carts_in_two_tabs_each_order_is_paid_by_its_own_session_alone(
    shopper: Shopper,  # noqa: F811
) -> None:
    make_product_page("Mug", sku="MUG", on_hand=5)
    make_product_page("Pot", sku="POT", on_hand=5)
    shopper.add("MUG")
    first, first_session = shopper.check_out()
    shopper.add("POT")
    second, second_session = shopper.check_out()
    assert first.get_absolute_url() != second.get_absolute_url()
    # The first one cannot be paid beside the second any more, neither there nor here.
    assert shopper.sandbox.pay(first_session).outcome is Outcome.EXPIRED
    shopper.sandbox.pay(second_session)
    shopper.come_back(first, second_session)
    assert status_of(second) == OrderStatus.AWAITING_PAYMENT
    shopper.deliver()
    assert (status_of(first), status_of(second)) == (OrderStatus.CANCELED, OrderStatus.PAID)
    assert Payment.objects.get().order == second


def test_a_price_that_changes_after_the_order_changes_nothing_of_it(stripe: StripeDouble) -> None:
    order = place()
    ProductVariant.objects.update(price="99.00")
    # The bank refuses, and the next session asks for what was agreed all the same.
    stripe.pay("cs_test_0", slowly=True)
    stripe.decide("cs_test_0", is_good=False)
    for event in stripe.events:
        receive_event(event)
    payments.start_payment(order)
    first, second = (attempt.request["line_items"] for attempt in order.attempts.all())
    assert first == second
    stripe.pay("cs_test_1")
    receive_event(stripe.events[-1])
    assert status_of(order) == OrderStatus.PAID
    payment = Payment.objects.get()
    assert (payment.amount, order.total, order.lines.get().unit_price) == (48, 48, 24)


def test_a_product_that_is_deleted_leaves_its_order_and_the_invoice_as_they_were(
    stripe: StripeDouble, site: object, client: Client
) -> None:
    order = place()
    stripe.pay("cs_test_0")
    receive_event(stripe.events[0])
    document = Invoice.objects.get().document
    Product.objects.all().delete()
    line = OrderLine.objects.get()
    assert (line.variant, line.title, line.quantity) == (None, "Speckled Mug", 2)
    assert Invoice.objects.get().document == document
    assert document["lines"][0]["title"] == "Speckled Mug"
    page = client.get(order.get_absolute_url())
    assert page.context["state"] == "paid"
    assert "Speckled Mug" in page.content.decode()


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_line_of_nothing_is_refused_by_the_database_too(quantity: int) -> None:
    line = make_order().lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(pk=line.pk).update(quantity=quantity, allocated=0)
    assert OrderLine.objects.get().quantity == 1


# --- The clock --------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [BEFORE_WINTER, BEFORE_SUMMER])
def test_a_shopper_has_the_same_time_to_pay_when_clocks_are_set(
    stripe: StripeDouble, settings, start: datetime
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    with time_machine.travel(start, tick=False) as clock:
        order = place()
        deadline = order.attempts.get().request["expires_at"]
        assert deadline == int(start.timestamp()) + 35 * 60
        clock.shift(timedelta(minutes=39))
        assert expire_orders() == 0
        assert held() == 2
        clock.shift(timedelta(minutes=2))
        assert expire_orders() == 1
        assert held() == 0


def test_a_clock_that_goes_back_ends_no_order_and_loses_no_mail(stripe: StripeDouble) -> None:
    with time_machine.travel(BEFORE_WINTER, tick=False) as clock:
        order = place()
        clock.shift(timedelta(hours=-1))
        assert expire_orders() == 0
        stripe.pay("cs_test_0")
        receive_event(stripe.events[0])
        clock.shift(timedelta(hours=-1))
        assert status_of(order) == OrderStatus.PAID
        assert process_outbox() == 0  # For a clock that is set back they are not due yet.
        clock.shift(timedelta(hours=2))
        assert (process_outbox(), process_outbox()) == (2, 0)


def test_stock_is_held_longer_than_stripes_session_lives(stripe: StripeDouble) -> None:
    """For clocks that differ: in the minutes between, nothing is freed that can still be paid."""
    with time_machine.travel(BEFORE_WINTER, tick=False) as clock:
        order = place()
        clock.shift(timedelta(minutes=36))
        assert expire_orders() == 0
        assert held() == 2
        stripe.pay("cs_test_0")  # Stripe's clock is a minute slow.
        receive_event(stripe.events[0])
        clock.shift(timedelta(minutes=10))
        assert expire_orders() == 0
    assert (status_of(order), held()) == (OrderStatus.PAID, 2)


def test_what_was_freed_cannot_be_paid_any_more(stripe: StripeDouble) -> None:
    with time_machine.travel(BEFORE_WINTER, tick=False) as clock:
        order = place()
        clock.shift(timedelta(minutes=41))
        assert expire_orders() == 1
        stripe.pay("cs_test_0")
    assert stripe.paid_intents() == set()
    assert (status_of(order), held()) == (OrderStatus.EXPIRED, 0)


# --- Money that comes too late, goes back, or is fought over ----------------------------------


def test_of_two_late_payers_of_one_piece_one_gets_it_and_the_other_is_seen_to(
    stripe: StripeDouble,
) -> None:
    variant = make_product(on_hand=1)
    late = []
    for number in range(2):
        order = place_order(make_draft({variant: 1}))
        payments.start_payment(order)
        stripe.pay(f"cs_test_{number}")
        end_unpaid(order, OrderAction.EXPIRE, source="test")  # As if its end was told too early.
        late.append(order)
    for event in stripe.events * 2:
        receive_event(event)
    assert [status_of(order) for order in late] == [OrderStatus.PAID, OrderStatus.REVIEW]
    assert held() == 1
    assert Invoice.objects.get().order == late[0]
    [mail] = OutgoingEmail.objects.filter(order=late[1])
    assert mail.kind == "staff_attention"
    assert [one.code for one in concerns_by_order()[late[1].pk]] == ["out_of_stock"]


def test_a_refund_that_fails_later_counts_as_paid_again_and_calls_the_staff_once(
    sandbox: RunningSandbox,  # noqa: F811
) -> None:
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    stripe = Shopper(Client(), sandbox)
    sandbox.refund(Payment.objects.get().payment_intent, 1000)
    created = sandbox.events("refund.created")[-1]
    failed = {**changed(created, "evt_failed", status="failed"), "type": "refund.failed"}
    for event in (created, failed, created, failed):
        assert stripe.post_event(event).status_code == 200
    refund = Refund.objects.get()
    assert (refund.state, refund.money.to_minor()) == ("failed", 1000)
    mails = OutgoingEmail.objects.filter(order=purchase.order, about=f"refund-{refund.pk}")
    assert mails.count() == 1
    assert [one.code for one in concerns_by_order()[purchase.order.pk]] == ["refund_failed"]


@pytest.mark.parametrize(("won", "then"), [(True, []), (False, ["dispute_lost"])])
def test_an_order_is_held_back_while_its_payment_is_fought_over_and_after_it_is_lost(
    sandbox: RunningSandbox,  # noqa: F811
    won: bool,
    then: list[str],
) -> None:
    variant = make_product(on_hand=1)
    purchase = pay_at_stripe(sandbox, variant=variant)
    StockRecord.objects.update(allocated=1)
    deliver(sandbox, purchase)
    stripe = Shopper(Client(), sandbox)
    dispute = sandbox.dispute(Payment.objects.get().payment_intent)
    assert stripe.deliver("charge.dispute.created").status_code == 200
    [concern] = concerns_by_order()[purchase.order.pk]
    assert (concern.code, concern.holds_parcels) == ("dispute", True)
    sandbox.close_dispute(dispute["id"], won=won)
    assert stripe.deliver("charge.dispute.closed").status_code == 200
    assert [one.code for one in concerns_by_order().get(purchase.order.pk, [])] == then
    assert all(one.holds_parcels for one in concerns_by_order().get(purchase.order.pk, []))
    assert purchase.order.disputes.get().state == ("won" if won else "lost")
    mails = OutgoingEmail.objects.filter(order=purchase.order, about__startswith="dispute-")
    assert mails.count() == 1
