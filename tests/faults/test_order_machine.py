"""Two orders for three pieces, and everything that can happen to them, in any order.

Hypothesis plays shopper, Stripe, bank, clerk, clock and weather. After each step nothing may be
sold twice, told twice or believed paid; and once the news has come through, shop and Stripe agree.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from checkout import payments
from checkout.closing import cancel_order
from checkout.inbox import receive_event
from checkout.reconciling import expire_orders, reconcile_payments
from orders import canceling
from orders.canceling import CannotCancel
from orders.models import Invoice, Order, OrderLine, OutgoingEmail, Payment, Refund, RefundLine
from orders.outbox import process_outbox
from orders.placing import place_order
from orders.refund_draft import CannotRefund
from orders.shipping import CannotShip, ParcelDraft, ship_order
from orders.status import PAYABLE, SOLD, OrderStatus
from orders.waiting_refunds import send_waiting_refunds
from products.models import StockRecord
from products.order_stock import InsufficientStock
from tests.factories import make_product
from tests.faults.stripe_double import StripeDouble
from tests.services.drafts import make_draft

ON_HAND = 3

# Where an order can stand when all is known: with its money, and without.
PAID_ENDS = SOLD | {OrderStatus.REVIEW, OrderStatus.CANCELED}
UNPAID_ENDS = set(OrderStatus) - SOLD - {OrderStatus.REVIEW}

PIECES = st.integers(1, 2)  # Both orders can have theirs, unless both want two.
# What can happen, and what has to be drawn for it. One rule for all, because hypothesis leaves out
# some of several rules in each of its runs, and then hardly an order would be paid.
STEPS = {
    "orders_and_pays": ("number", "pieces"),
    "presses_pay": ("number", "yes"),
    "comes_back": ("number",),
    "gives_up": ("number",),
    "bank_decides": ("number", "yes"),
    "session_ends_by_itself": ("number",),
    "tells_of_an_event": ("nth",),
    "all_news_arrives": (),
    "gives_money_back_in_the_dashboard": ("number", "pieces"),
    "answers_are_lost": (),
    "stripe_is_down": (),
    "weather_clears": (),
    "time_to_pay_ends": ("number",),
    "reconciles": (),
    "clerk_cancels": ("number",),
    "clerk_ships": ("number", "pieces"),
    "mails_go_out": (),
}
USUAL = ("presses_pay", "all_news_arrives")  # Twice as often as all else, or little is paid.


class OrderLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        self._patch = pytest.MonkeyPatch()
        self.stripe = StripeDouble()
        self.stripe.stand_in(self._patch)
        self.sent: Counter[tuple[Any, ...]] = Counter()
        self._patch.setattr("orders.outbox.build_message", lambda email, with_pdf: email)
        self._patch.setattr("shopsite.cms.outbox.mail.send", self._note_sent)
        self.variant = make_product(on_hand=ON_HAND)
        self.orders: dict[int, Order] = {}

    def _note_sent(self, email: OutgoingEmail) -> None:
        self.sent[(email.order_id, email.kind, email.about)] += 1

    def teardown(self) -> None:
        try:
            self._settle()
            self._compare_with_stripe()
        finally:
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
            self._patch.undo()

    def _order(self, number: int) -> Order | None:
        if number in self.orders:
            self.orders[number].refresh_from_db()
        return self.orders.get(number)

    def _sessions(self, number: int) -> list[str]:
        order = self._order(number)
        return [
            key
            for key, session in self.stripe.sessions.items()
            if order is not None and session["client_reference_id"] == order.number
        ]

    @rule(
        step=st.sampled_from([*STEPS, *USUAL]),
        number=st.integers(0, 1),
        pieces=PIECES,
        yes=st.booleans(),
        nth=st.integers(0, 9),
    )
    def something_happens(self, step: str, **drawn: Any) -> None:
        getattr(self, step)(*(drawn[name] for name in STEPS[step]))

    # --- Shopper ------------------------------------------------------------------------------

    @initialize(first=PIECES, second=PIECES)
    def two_shoppers_come(self, first: int, second: int) -> None:
        self.orders_and_pays(0, first)
        self.orders_and_pays(1, second)

    def orders_and_pays(self, number: int, pieces: int) -> None:
        if number not in self.orders:
            try:
                self.orders[number] = place_order(make_draft({self.variant: pieces}))
            except InsufficientStock:
                return
        try:
            payments.start_payment(self.orders[number])
        except (payments.NotPayable, payments.PaymentUnavailable):
            return

    def presses_pay(self, number: int, yes: bool) -> None:
        for session_id in self._sessions(number):
            self.stripe.pay(session_id, slowly=not yes)

    def comes_back(self, number: int) -> None:
        order = self._order(number)
        for session_id in self._sessions(number)[-1:]:
            path = f"/checkout/return/{order.token}/"  # type: ignore[union-attr]
            assert Client().get(path, {"session_id": session_id}).status_code == 302

    def gives_up(self, number: int) -> None:
        order = self._order(number)
        if order is None or order.status not in PAYABLE:
            return
        try:
            cancel_order(order, source="checkout")
        except payments.PaymentUnavailable:
            return

    # --- Stripe, bank and weather -------------------------------------------------------------

    def bank_decides(self, number: int, yes: bool) -> None:
        for session_id in self._sessions(number):
            self.stripe.decide(session_id, is_good=yes)

    def session_ends_by_itself(self, number: int) -> None:
        for session_id in self._sessions(number):
            self.stripe.time_out(session_id)

    def tells_of_an_event(self, nth: int) -> None:
        """Any that there ever was, and as often as it pleases."""
        for event in self.stripe.events[nth : nth + 1] * 2:
            receive_event(event)

    def all_news_arrives(self) -> None:
        for event in self.stripe.events:
            receive_event(event)

    def gives_money_back_in_the_dashboard(self, number: int, pieces: int) -> None:
        for session_id in self._sessions(number):
            intent = self.stripe.intents.get(f"pi_{session_id}")
            left = intent["amount"] - intent["refunded"] if intent else 0
            if intent and left and intent["status"] == "succeeded":
                self.stripe.give_back(intent["id"], left // pieces)

    def answers_are_lost(self) -> None:
        self.stripe.loses_answers = True

    def stripe_is_down(self) -> None:
        self.stripe.is_up = False

    def weather_clears(self) -> None:
        self.stripe.is_up, self.stripe.loses_answers = True, False

    # --- The shop's own -----------------------------------------------------------------------

    def time_to_pay_ends(self, number: int) -> None:
        order = self._order(number)
        if order is not None:
            then = timezone.now() - timedelta(minutes=1)
            Order.objects.filter(pk=order.pk).update(expires_at=then)
            order.attempts.update(checked_at=None)
            expire_orders()

    def reconciles(self) -> None:
        for order in self.orders.values():
            then = timezone.now() - timedelta(minutes=3)
            order.attempts.update(created_at=then, checked_at=None)
        reconcile_payments()
        Refund.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        send_waiting_refunds()

    def clerk_cancels(self, number: int) -> None:
        order = self._order(number)
        if order is None:
            return
        try:
            canceling.cancel_order(order=order, user=None)
        except (CannotCancel, CannotRefund):
            return

    def clerk_ships(self, number: int, pieces: int) -> None:
        order = self._order(number)
        if order is None:
            return
        try:
            parcel = ParcelDraft({order.lines.get().pk: pieces})
            ship_order(order=order, parcel=parcel, user=None)
        except CannotShip:
            return

    def mails_go_out(self) -> None:
        process_outbox()

    # --- What always holds --------------------------------------------------------------------

    @invariant()
    def what_is_held_is_what_orders_hold_and_no_more_than_there_is(self) -> None:
        record = StockRecord.objects.get(variant=self.variant)
        lines = OrderLine.objects.aggregate(held=Sum("allocated"), shipped=Sum("shipped"))
        waiting = RefundLine.objects.filter(refund__state="new").aggregate(held=Sum("held"))
        assert record.allocated == (lines["held"] or 0) + (waiting["held"] or 0)
        assert record.on_hand == ON_HAND - (lines["shipped"] or 0)
        assert 0 <= record.allocated <= record.on_hand

    @invariant()
    def nothing_is_paid_here_that_is_not_paid_at_stripe(self) -> None:
        known = set(Payment.objects.values_list("payment_intent", flat=True))
        assert known <= self.stripe.paid_intents()
        sold = Order.objects.filter(status__in=SOLD)
        assert not sold.filter(payments__isnull=True).exists()
        assert Invoice.objects.count() <= len(known)

    @invariant()
    def no_order_is_paid_twice(self) -> None:
        for number in self.orders:
            paid = {f"pi_{session_id}" for session_id in self._sessions(number)}
            assert len(paid & self.stripe.paid_intents()) <= 1
        assert not Payment.objects.filter(is_duplicate=True).exists()

    @invariant()
    def nobody_gets_a_mail_twice(self) -> None:
        assert max(self.sent.values(), default=0) <= 1

    # --- In the end ---------------------------------------------------------------------------

    def _settle(self) -> None:
        """All news arrives, Stripe answers again, and the jobs have run."""
        self.weather_clears()
        self.all_news_arrives()
        self.reconciles()
        self.mails_go_out()
        self.what_is_held_is_what_orders_hold_and_no_more_than_there_is()
        self.no_order_is_paid_twice()
        self.nobody_gets_a_mail_twice()

    def _compare_with_stripe(self) -> None:
        known = set(Payment.objects.values_list("payment_intent", flat=True))
        assert known == self.stripe.paid_intents()
        given = {refund.stripe_id: refund.money.to_minor() for refund in self._given_back()}
        assert given == {key: one["amount"] for key, one in self.stripe.refunds.items()}
        for number in self.orders:
            order = self._order(number)
            assert order is not None
            is_paid = order.payments.exists()
            assert order.status in (PAID_ENDS if is_paid else UNPAID_ENDS)
            if order.status in SOLD:
                assert self.sent[(order.pk, OutgoingEmail.Kind.CONFIRMATION, "")] == 1

    def _given_back(self) -> list[Refund]:
        return list(Refund.objects.filter(state="succeeded", amount__gt=0))


@pytest.mark.django_db
def test_whatever_happens_to_two_orders_shop_and_stripe_agree_in_the_end() -> None:
    run_state_machine_as_test(
        OrderLife,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
