import copy
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.sandbox.merchant import ORDER, CreateSession, MovableClock, connect
from tests.sandbox.receiver import Receiver, running_receiver


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


@pytest.fixture
def client(sandbox: RunningSandbox) -> Any:
    return connect(sandbox)


@pytest.fixture
def create(client: Any, order: dict[str, Any]) -> CreateSession:
    def create_session(**changes: Any) -> Any:
        params = {**order, **changes}
        return client.checkout.sessions.create({k: v for k, v in params.items() if v is not None})

    return create_session
