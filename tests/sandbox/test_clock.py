"""Time that passes because somebody says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from stripe_sandbox.control_client import ControlRefused
from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.sandbox.merchant import MovableClock, connect
from tests.sandbox.receiver import Receiver

DAY = 24 * 3600
STARTED = 1_790_000_000.0


class StandingClock:
    """A machine on which no time passes, so that a test can count."""

    def now(self) -> float:
        return STARTED


def test_a_refused_event_is_tried_for_three_days_with_longer_and_longer_pauses(
    receiver: Receiver, order: dict[str, Any]
) -> None:
    receiver.statuses = [500] * 100
    with running_sandbox(
        webhook_url=receiver.url, clock=StandingClock(), retry_base=1.0
    ) as running:
        running.expire(connect(running).checkout.sessions.create(order).id)
        running.control.advance(4 * DAY)
        (delivery,) = running.deliveries()
    pauses = [
        round(after.attempted_at - before.attempted_at)
        for before, after in zip(delivery.log, delivery.log[1:], strict=False)
    ]
    assert delivery.state == "failed"
    assert pauses[:15] == [2**n for n in range(15)]
    assert set(pauses[15:]) == {6 * 3600}
    assert 3 * DAY - 6 * 3600 < delivery.log[-1].attempted_at - STARTED <= 3 * DAY
    assert len({json.loads(delivered.body)["id"] for delivered in receiver.received}) == 1
    assert len(receiver.received) == delivery.attempts == len(pauses) + 1


def test_a_try_after_three_days_is_signed_by_the_time_of_the_machine(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any], clock: MovableClock
) -> None:
    """The clock of the shop did not move, so it would refuse any other."""
    sending.control.deliver(hold=True)
    sending.expire(connect(sending).checkout.sessions.create(order).id)
    sending.control.advance(3 * DAY - 60)
    assert receiver.received == []
    sending.control.release()
    sending.wait_for_deliveries()
    (delivered,) = receiver.received
    assert delivered.event.type == "checkout.session.expired"
    assert delivered.event.created <= clock.now()


def test_sessions_expire_when_their_time_has_passed(
    sandbox: RunningSandbox, client: Any, order: dict[str, Any], clock: MovableClock
) -> None:
    session = client.checkout.sessions.create({**order, "expires_at": int(clock.now()) + 3600})
    sandbox.control.advance(3500)
    assert sandbox.session(session.id)["status"] == "open"
    sandbox.control.advance(200)
    assert sandbox.session(session.id)["status"] == "expired"
    (event,) = sandbox.events("checkout.session.expired")
    assert 3595 <= event["created"] - clock.now() <= 3605


def test_a_clock_that_was_moved_stays_so_until_it_is_put_back(
    tmp_path: Path, clock: MovableClock
) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(database=database, clock=clock) as running:
        running.control.advance(DAY)
    with running_sandbox(database=database, clock=clock) as running:
        assert running.control.state()["ahead"] == pytest.approx(DAY, abs=5)
        assert running.now() - clock.now() == pytest.approx(DAY, abs=5)
        running.control.put_clock_back()
    with running_sandbox(database=database, clock=clock) as running:
        assert running.control.state()["ahead"] == 0


@pytest.mark.parametrize("seconds", [0, -5, 367 * DAY])
def test_time_goes_ahead_only_and_not_too_far(sandbox: RunningSandbox, seconds: int) -> None:
    with pytest.raises(ControlRefused, match="seconds: Input should be"):
        sandbox.control.advance(seconds)
    assert sandbox.control.state()["ahead"] == 0
