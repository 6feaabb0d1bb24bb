"""Mail of paid orders: webhook, outbox, RabbitMQ, a worker of its own and a mail server."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from celery import Celery
from django.utils import timezone

import shopsite.broker
from orders.models import Invoice, Order, OutgoingEmail
from orders.outbox import OUTBOX
from shopsite.broker import ANSWER_SECONDS
from stripe_sandbox.testing import RunningSandbox
from tests.services.conftest import Beat, Consumption
from tests.services.mail_server import MailServer
from tests.services.proxy import Proxy
from tests.services.purchases import deliver, pay_at_stripe, timed_delivery
from tests.services.waiting import eventually
from tests.services.worker import Worker

pytestmark = [
    pytest.mark.services("postgresql", "rabbitmq"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ALICE = "alice@example.com"
STAFF = "orders@example.com"
SWEEP = "orders.tasks.process_outbox"
State = OutgoingEmail.State


def confirmation(order: Order) -> OutgoingEmail:
    return OutgoingEmail.objects.get(order=order, kind=OutgoingEmail.Kind.CONFIRMATION)


def wait_for_state(order: Order, state: OutgoingEmail.State) -> None:
    """Until both mails of the order are in this state."""

    def states() -> bool:
        return set(order.emails.values_list("state", flat=True)) == {state}

    eventually(states, f"the mails of {order.number} are {state}")


def wait_for_attempts(order: Order, attempts: int) -> OutgoingEmail:
    """Until the confirmation was tried so often and nobody is at it any more."""
    tried = OutgoingEmail.objects.filter(
        pk=confirmation(order).pk, attempts=attempts, claimed_until=None
    )
    return eventually(tried.first, f"try {attempts} of the confirmation ends")


def let_time_pass(order: Order) -> None:
    """As if the next try of the order's mails were due now."""
    order.emails.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def pdf_names(message: EmailMessage) -> list[str | None]:
    attachments = list(message.iter_attachments())
    assert all(part.get_content().startswith(b"%PDF-") for part in attachments)
    return [part.get_filename() for part in attachments]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, shop_broker: Celery) -> list[float]:
    """How many seconds each question to the broker took that it did not answer."""
    seconds: list[float] = []
    publish = shopsite.broker._publish

    def timed(name: str, args: Sequence[Any]) -> None:
        started = time.monotonic()
        try:
            publish(name, args)
        except Exception:
            seconds.append(time.monotonic() - started)
            raise

    monkeypatch.setattr("shopsite.broker._publish", timed)
    return seconds


def test_a_paid_order_is_confirmed_once_with_its_invoice(
    sandbox: RunningSandbox, shop_broker: Celery, worker: Worker, post: MailServer
) -> None:
    purchase = pay_at_stripe(sandbox)
    assert deliver(sandbox, purchase).status_code == 200
    wait_for_state(purchase.order, State.SENT)
    message, notice = (post.sent_to(address) for address in (ALICE, STAFF))
    assert (len(message), len(notice)) == (1, 1)
    invoice = Invoice.objects.get(order=purchase.order)
    assert pdf_names(message[0]) == [f"{invoice.number}.pdf"]
    assert pdf_names(notice[0]) == []
    assert confirmation(purchase.order).attempts == 1


def test_an_event_and_messages_that_come_again_send_nothing_again(
    sandbox: RunningSandbox, shop_broker: Celery, beat: Beat, worker: Worker, post: MailServer
) -> None:
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    email = confirmation(purchase.order)
    # Both processes of the worker are told at once, while the first mail may be under way.
    for _copy in range(4):
        shop_broker.send_task(OUTBOX.send_task_name, (email.pk,))
    assert deliver(sandbox, purchase).status_code == 200
    wait_for_state(purchase.order, State.SENT)
    shop_broker.send_task(OUTBOX.send_task_name, (email.pk,))
    beat(SWEEP)
    # A later order is confirmed: everything that was sent before it was worked on.
    later = pay_at_stripe(sandbox, email="bob@example.com")
    deliver(sandbox, later)
    wait_for_state(later.order, State.SENT)
    assert len(post.sent_to(ALICE)) == 1
    assert confirmation(purchase.order).attempts == 1


def test_a_broker_that_refuses_costs_the_webhook_nothing_and_loses_no_mail(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    broker: Proxy,
    beat: Beat,
    worker: Worker,
    post: MailServer,
) -> None:
    first = pay_at_stripe(sandbox)
    usual = min(timed_delivery(sandbox, first), timed_delivery(sandbox, pay_at_stripe(sandbox)))
    broker.refuse()
    purchases = [pay_at_stripe(sandbox, email=f"shopper-{n}@example.com") for n in range(3)]
    fastest = min(timed_delivery(sandbox, purchase) for purchase in purchases)
    assert fastest - usual < 0.1
    order = purchases[-1].order
    assert set(order.emails.values_list("state", "attempts")) == {(State.PENDING, 0)}
    beat(SWEEP)
    for purchase in purchases:
        wait_for_state(purchase.order, State.SENT)
        assert len(post.sent_to(purchase.order.email)) == 1


@pytest.mark.parametrize("was_connected", [False, True])
def test_a_broker_that_hangs_keeps_the_webhook_for_a_second_at_most(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    broker: Proxy,
    beat: Beat,
    worker: Worker,
    post: MailServer,
    waits: list[float],
    was_connected: bool,
) -> None:
    """The order has two mails to send: the broker is asked about one. What is timed is the waiting
    alone, for an invoice takes a machine that does other things as long as it takes."""
    if was_connected:
        deliver(sandbox, pay_at_stripe(sandbox))
    broker.hang()
    purchase = pay_at_stripe(sandbox, email="bob@example.com")
    assert deliver(sandbox, purchase).status_code == 200
    assert len(waits) == 1
    assert ANSWER_SECONDS <= waits[0] < 2 * ANSWER_SECONDS + 0.1
    beat(SWEEP)
    wait_for_state(purchase.order, State.SENT)
    assert len(post.sent_to("bob@example.com")) == 1


@pytest.mark.parametrize(("held_at", "arrived"), [("RCPT", 1), ("DATA", 2)])
def test_a_worker_killed_while_it_sends_leaves_the_mail_to_another(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    beat: Beat,
    consumption: Consumption,
    victim: Worker,
    post: MailServer,
    held_at: str,
    arrived: int,
) -> None:
    """Killed before the mail server has the mail, it goes out once. Killed when the server has it
    but nobody wrote that down, it goes out twice with one Message-ID, which is how a mail program
    knows a copy."""
    purchase = pay_at_stripe(sandbox)
    post.hold_at(held_at)
    deliver(sandbox, purchase)
    # Both mails: each of the worker's two processes has one in its hands.
    eventually(lambda: post.holding == 2, f"the mail server holds two mails at {held_at}")
    victim.kill()
    post.let_go()
    assert set(purchase.order.emails.values_list("state", "attempts")) == {(State.PENDING, 1)}

    # The broker hands what was not acknowledged to the next worker at once, while the claims of
    # the dead one still stand. Then beat comes round, too early at first.
    consumption.go_on()
    sweep_until_sent(beat, purchase.order)

    ids = Counter(message["Message-ID"] for message in post.received)
    order = purchase.order
    assert ids == {
        f"<{order.number}.{kind}@example.com>": arrived
        for kind in ("order_confirmation", "staff_new_order")
    }
    assert set(order.emails.values_list("attempts", flat=True)) == {2}


def sweep_until_sent(beat: Beat, order: Order) -> None:
    deadline = time.monotonic() + 30
    while order.emails.exclude(state=State.SENT).exists():
        assert time.monotonic() < deadline, "No sweep took the mail up."
        beat(SWEEP)
        time.sleep(0.2)


def test_a_mail_refused_for_now_is_sent_at_the_third_try(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    beat: Beat,
    smtp: Proxy,
    worker: Worker,
    post: MailServer,
) -> None:
    post.refuse(ALICE, "451 Try again later")
    purchase = pay_at_stripe(sandbox)
    order = purchase.order
    deliver(sandbox, purchase)
    refused = wait_for_attempts(order, 1)
    assert (refused.state, refused.last_error) == (State.PENDING, "SMTPRecipientsRefused")
    assert refused.next_attempt_at > timezone.now()

    smtp.refuse()
    let_time_pass(order)
    beat(SWEEP)
    unreachable = wait_for_attempts(order, 2)
    assert (unreachable.state, unreachable.last_error) == (State.PENDING, "ConnectionRefusedError")

    smtp.open()
    let_time_pass(order)
    beat(SWEEP)
    wait_for_state(order, State.SENT)
    email = confirmation(order)
    assert (email.attempts, email.last_error) == (3, "")
    (message,) = post.sent_to(ALICE)
    assert len(pdf_names(message)) == 1


def test_a_mail_refused_for_good_fails_and_is_not_tried_again(
    sandbox: RunningSandbox, shop_broker: Celery, beat: Beat, worker: Worker, post: MailServer
) -> None:
    post.refuse(ALICE, "550 No such person here")
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    refused = wait_for_attempts(purchase.order, 1)
    assert (refused.state, refused.sent_at) == (State.FAILED, None)

    let_time_pass(purchase.order)
    beat(SWEEP)
    shop_broker.send_task(OUTBOX.send_task_name, (refused.pk,))
    later = pay_at_stripe(sandbox, email="bob@example.com")
    deliver(sandbox, later)
    wait_for_state(later.order, State.SENT)
    assert post.sent_to(ALICE) == []
    assert confirmation(purchase.order).attempts == 1
