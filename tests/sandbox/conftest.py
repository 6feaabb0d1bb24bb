import copy
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe

from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.sandbox.receiver import Receiver, running_receiver


class MovableClock:
    """The machine's time, moved by as many seconds as a test says."""

    def __init__(self) -> None:
        self.moved = 0.0

    def now(self) -> float:
        return time.time() + self.moved


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


@pytest.fixture(autouse=True)
def no_telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe, "enable_telemetry", False)


@pytest.fixture
def order() -> dict[str, Any]:
    return copy.deepcopy(ORDER)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def sandbox(clock: MovableClock) -> Iterator[RunningSandbox]:
    """A sandbox that sends its events nowhere."""
    with running_sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as running:
        yield running


@pytest.fixture
def sending(receiver: Receiver, clock: MovableClock) -> Iterator[RunningSandbox]:
    """A sandbox that sends its events to ``receiver``."""
    with running_sandbox(webhook_url=receiver.url, clock=clock) as running:
        yield running


def connect(running: RunningSandbox, **options: Any) -> Any:
    return stripe.StripeClient("sk_test_x", base_addresses={"api": running.base_url}, **options).v1


@pytest.fixture
def client(sandbox: RunningSandbox) -> Any:
    return connect(sandbox)


@pytest.fixture
def create(client: Any, order: dict[str, Any]) -> Callable[..., stripe.checkout.Session]:
    """Creates a session of 44.98 euros, or of what the keyword arguments change."""

    def create_session(**changes: Any) -> stripe.checkout.Session:
        params = {**order, **changes}
        return client.checkout.sessions.create({k: v for k, v in params.items() if v is not None})

    return create_session
