"""Processes of the shop are killed at the worst moments, and what heals it afterwards."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from checkout.inbox import apply_kept
from checkout.inbox_retries import retry_events
from checkout.models import WebhookEvent
from checkout.payments import start_payment
from checkout.reconciling import expire_orders, reconcile_payments
from orders.models import Invoice, Order, OutgoingEmail, Payment, PaymentAttempt
from orders.outbox import process_outbox
from orders.placing import place_order
from orders.status import AttemptState, OrderStatus
from products.models import StockRecord
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_product
from tests.services.databases import on_both_databases, on_sqlite
from tests.services.drafts import make_draft
from tests.services.killed import die, killed
from tests.services.purchases import Purchase, deliver, pay_at_stripe
from tests.services.sandbox_apart import sandbox_apart

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def sandbox(settings, tmp_path: Path) -> Iterator[RunningSandbox]:
    with sandbox_apart(tmp_path / "sandbox.sqlite3", webhook_secret="whsec_tests") as running:
        settings.STRIPE_API_BASE = running.base_url
        yield running


def check_out() -> Callable[[], object]:
    """What the checkout does when its form is sent, for one of one piece."""
    draft = make_draft({make_product(on_hand=1): 1})
    return lambda: start_payment(place_order(draft))


def sessions_at(sandbox: RunningSandbox) -> list[str]:
    with sandbox.store.reading() as records:
        return [session["id"] for session in records.list_all("checkout.session")]


def pay_now(sandbox: RunningSandbox) -> None:
    """The shopper presses the button on the order's page."""
    url = start_payment(Order.objects.get())
    [session_id] = sessions_at(sandbox)
    assert url.endswith(session_id)


def reconcile(sandbox: RunningSandbox) -> None:
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert reconcile_payments() == 1
    assert len(sessions_at(sandbox)) == 1


@on_both_databases
@pytest.mark.parametrize(
    ("at", "asked"),
    [("checkout.gateway.create_session", 0), ("checkout.attempts._store_session", 1)],
    ids=["before Stripe is asked", "before its answer is stored"],
)
@pytest.mark.parametrize("heal", [pay_now, reconcile])
def test_a_checkout_killed_around_its_call_to_stripe_is_healed_by_the_same_request(
    database: str,
    sandbox: RunningSandbox,
    at: str,
    asked: int,
    heal: Callable[[RunningSandbox], None],
) -> None:
    killed(check_out(), at=at)
    order, attempt = Order.objects.get(), PaymentAttempt.objects.get()
    assert (order.status, attempt.state) == (OrderStatus.AWAITING_PAYMENT, AttemptState.NEW)
    assert (attempt.session_id, StockRecord.objects.get().allocated) == (None, 1)
    assert len(sessions_at(sandbox)) == asked
    heal(sandbox)
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, [attempt.session_id]) == (AttemptState.OPEN, sessions_at(sandbox))


@on_both_databases
def test_a_killed_checkout_that_nobody_comes_back_to_ends_with_its_time(
    database: str, sandbox: RunningSandbox
) -> None:
    killed(check_out(), at="checkout.gateway.create_session")
    assert expire_orders() == 0
    then = timezone.now() - timedelta(minutes=1)
    Order.objects.update(expires_at=then)
    PaymentAttempt.objects.update(expires_at=then)
    assert expire_orders() == 1
    assert StockRecord.objects.get().allocated == 0
    assert sessions_at(sandbox) == []


def deliver_again(sandbox: RunningSandbox, purchase: Purchase) -> None:
    assert deliver(sandbox, purchase).status_code == 200


def beat_comes(sandbox: RunningSandbox, purchase: Purchase) -> None:
    WebhookEvent.objects.update(next_attempt_at=timezone.now())
    assert retry_events() == 1


def effects() -> tuple[int, int, int]:
    return Payment.objects.count(), Invoice.objects.count(), OutgoingEmail.objects.count()


@on_both_databases
@pytest.mark.parametrize("heal", [deliver_again, beat_comes])
def test_a_webhook_killed_in_the_middle_leaves_the_event_and_none_of_its_effects(
    database: str, sandbox: RunningSandbox, heal: Callable[[RunningSandbox, Purchase], None]
) -> None:
    purchase = pay_at_stripe(sandbox)
    killed(lambda: deliver(sandbox, purchase), at="orders.payments.issue_invoice")
    event = WebhookEvent.objects.get()
    assert (event.state, event.attempts, event.handled_at) == ("received", 1, None)
    assert effects() == (0, 0, 0)
    attempt = purchase.order.attempts.get()
    purchase.order.refresh_from_db()
    assert (purchase.order.status, attempt.state) == ("awaiting_payment", "open")
    heal(sandbox, purchase)
    assert effects() == (1, 1, 2)
    assert WebhookEvent.objects.get().state == "applied"


@on_sqlite
def test_without_transactions_the_payment_would_be_there_and_the_order_unpaid(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    purchase = pay_at_stripe(sandbox)

    def deliver_piece_by_piece() -> None:
        monkeypatch.setattr(transaction.Atomic, "__enter__", lambda self: None)
        monkeypatch.setattr(transaction.Atomic, "__exit__", lambda *args: None)
        deliver(sandbox, purchase)

    killed(deliver_piece_by_piece, at="orders.payments.issue_invoice")
    assert effects() == (1, 0, 0)


@on_both_databases
def test_a_process_killed_before_it_tells_the_worker_loses_no_mail_and_sends_none_twice(
    database: str, sandbox: RunningSandbox
) -> None:
    purchase = pay_at_stripe(sandbox)
    killed(lambda: deliver(sandbox, purchase), at="shopsite.cms.outbox.send_task")
    assert effects() == (1, 1, 2)
    assert set(OutgoingEmail.objects.values_list("state", "attempts")) == {("pending", 0)}
    assert deliver(sandbox, purchase).status_code == 200
    assert process_outbox() == 2
    assert process_outbox() == 0
    assert sorted(message.to[0] for message in mail.outbox) == [
        "alice@example.com", "orders@example.com",
    ]  # fmt: skip


def commit_and_die(*args: Any) -> None:
    apply_kept(*args)
    die()


@on_both_databases
def test_a_webhook_killed_before_it_answers_is_delivered_again_and_changes_nothing(
    database: str, sandbox: RunningSandbox
) -> None:
    purchase = pay_at_stripe(sandbox)
    killed(
        lambda: deliver(sandbox, purchase),
        at="checkout.views.webhook.apply_kept",
        instead=commit_and_die,
    )
    before = (effects(), list(Order.objects.values()), list(WebhookEvent.objects.values()))
    assert before[0] == (1, 1, 2)
    assert deliver(sandbox, purchase).status_code == 200
    after = (effects(), list(Order.objects.values()), list(WebhookEvent.objects.values()))
    assert after == before
