"""Orders on their way to being paid, for tests that start where Stripe tells of the money."""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from checkout.payments import start_payment
from orders.models import Order
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_order


@dataclass(frozen=True)
class Purchase:
    """An order that was paid at Stripe, and the event that tells of it."""

    order: Order
    session_id: str
    event: dict[str, Any]


def pay_at_stripe(sandbox: RunningSandbox, **order_fields: Any) -> Purchase:
    order = make_order(**order_fields)
    start_payment(order)
    session_id = order.attempts.get().session_id or ""
    sandbox.pay(session_id)
    return Purchase(order, session_id, sandbox.events("checkout.session.completed")[-1])


def deliver(sandbox: RunningSandbox, purchase: Purchase) -> HttpResponse:
    """Posts the event to the webhook as Stripe does."""
    body, headers = sandbox.signed_request(purchase.event)
    client = Client(raise_request_exception=False)
    return client.post(
        "/checkout/webhook/", data=body, content_type="application/json", headers=headers
    )


def timed_delivery(sandbox: RunningSandbox, purchase: Purchase) -> float:
    """How many seconds Stripe waited for its 200."""
    started = time.monotonic()
    response = deliver(sandbox, purchase)
    seconds = time.monotonic() - started
    assert response.status_code == 200
    return seconds
