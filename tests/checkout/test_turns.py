import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from checkout.views import turns as module
from checkout.views.turns import Turns

SECONDS = 10.0


@pytest.fixture(autouse=True)
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def turns() -> Iterator[Turns]:
    turns = Turns()
    yield turns
    turns._thread.shutdown()


def is_free(turns: Turns) -> bool:
    with turns.now() as free:
        return free


def test_who_comes_alone_works_at_once_and_the_next_when_that_is_done(turns: Turns) -> None:
    with turns.now() as first:
        assert (first, is_free(turns)) == (True, False)
    assert is_free(turns)


def test_while_somebody_arrives_nobody_works_at_once(turns: Turns) -> None:
    with turns.arriving(), turns.arriving():
        assert not is_free(turns)
    assert is_free(turns)


def test_work_left_for_later_is_done_in_its_order_and_one_at_a_time(turns: Turns) -> None:
    done = []
    at_work = threading.Lock()

    def work(number: int) -> None:
        assert at_work.acquire(blocking=False)
        time.sleep(0.005)
        done.append((number, threading.current_thread() is threading.main_thread()))
        at_work.release()

    with turns.now():
        for number in range(5):
            turns.later(lambda number=number: work(number))
    turns._thread.shutdown()
    assert done == [(number, False) for number in range(5)]


def test_whoever_comes_while_work_waits_does_not_overtake_it(turns: Turns) -> None:
    with turns.arriving():
        turns.later(lambda: None)
    assert not is_free(turns)


def test_work_begins_when_nobody_arrives_any_more(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", SECONDS)
    begun = threading.Event()
    with turns.arriving():
        turns.later(begun.set)
        assert not begun.wait(0.05)
    assert begun.wait(SECONDS / 2)


def test_work_waits_no_longer_than_its_patience_where_somebody_always_arrives(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    begun = threading.Event()
    with turns.arriving():
        turns.later(begun.set)
        assert begun.wait(SECONDS)


def test_work_that_fails_after_all_ends_its_turn(turns: Turns) -> None:
    turns.later(lambda: 1 / 0)
    turns._thread.shutdown()
    assert is_free(turns)


PROGRAM = """
from checkout.views import turns as module
module.close_old_connections = lambda: None
turns = module.Turns()
with turns.arriving():
    for number in range(3):
        turns.later(lambda number=number: print(number, flush=True))
"""


def test_a_process_that_ends_does_what_waits_before() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    assert done.stdout.split() == [b"0", b"1", b"2"]
