"""The same work by hand or from cron, for a machine without a worker."""

from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from checkout.models import WebhookEvent
from orders.models import Order, PaymentAttempt
from orders.status import OrderStatus
from tests.factories import make_product_page
from tests.flows.shopper import Shopper


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def test_a_lost_webhook_and_its_mails_are_made_up_for_by_hand(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert run("reconcile_payments") == "Looked at 1 payment attempts."
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert run("process_outbox") == "Sent 2 mails."
    assert len(mail.outbox) == 2


def test_an_unpaid_order_is_ended_by_hand(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    shopper.check_out()
    assert run("expire_orders") == "Ended 0 orders."
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert run("expire_orders") == "Ended 1 orders."
    assert Order.objects.get().status == OrderStatus.EXPIRED


def test_a_failed_event_is_tried_again_by_hand(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    order = shopper.buy("MUG")
    WebhookEvent.objects.update(
        event_id="evt_again", state=WebhookEvent.State.FAILED, next_attempt_at=timezone.now()
    )
    assert run("retry_events") == "Tried 1 events again."
    assert WebhookEvent.objects.get().state == WebhookEvent.State.APPLIED
    assert order.payments.count() == 1
