"""What a shop does with the sandbox: an order, a client, a payer at the payment page."""

import json
import time
from typing import Any, Protocol

import requests
import stripe

from stripe_sandbox.testing import RunningSandbox

ORDER: dict[str, Any] = {
    "mode": "payment",
    "client_reference_id": "order-1",
    "metadata": {"order": "order-1"},
    "payment_intent_data": {"metadata": {"order": "order-1"}, "description": "Order 1"},
    "line_items": [
        {
            "price_data": {
                "currency": "eur",
                "unit_amount": 1999,
                "product_data": {"name": "Fern tea"},
            },
            "quantity": 2,
        },
        {
            "price_data": {
                "currency": "eur",
                "unit_amount": 500,
                "product_data": {"name": "Strainer"},
            },
            "quantity": 1,
        },
    ],
    "success_url": "http://127.0.0.1:8000/orders/abc/?session_id={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://127.0.0.1:8000/orders/abc/?canceled=1",
}

TYPED = {
    "email": "payer@example.com",
    "cardNumber": "4242 4242 4242 4242",
    "cardExpiry": "12 / 40",
    "cardCvc": "123",
    "billingName": "Pat Payer",
}


class CreateSession(Protocol):
    """Creates a session of 44.98 euros, or of what the keyword arguments change."""

    def __call__(self, **changes: Any) -> Any: ...


class MovableClock:
    """The machine's time, moved by as many seconds as a test says."""

    def __init__(self) -> None:
        self.moved = 0.0

    def now(self) -> float:
        return time.time() + self.moved


def connect(running: RunningSandbox, **options: Any) -> Any:
    """The SDK's v1 services, pointed at a sandbox."""
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": running.base_url}, **options)
    return client.v1


def error_of(error: stripe.StripeError) -> dict[str, Any]:
    """The ``error`` member of the answer, as it came over the wire."""
    members: dict[str, Any] = json.loads(str(error.http_body))["error"]
    return members


def press_pay(page_url: str, **typed: str) -> requests.Response:
    """Fills in the payment page and presses Pay, without following where that leads."""
    return requests.post(page_url, data={**TYPED, **typed}, timeout=5, allow_redirects=False)
