"""A process that is killed in the middle of its work: no handler runs, nothing is tidied up."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

import kombu
import pytest
from django.db import connections

SECONDS = 60


def die(*args: Any, **kwargs: Any) -> None:
    """As the kernel does it, or somebody who pulls the plug."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object], *, at: str, instead: Callable[..., object] = die) -> None:
    """Does the work in a process of its own, which dies where it comes to the function named `at`.

    The process has its own connections to database and broker, and what it has not committed is
    lost with it. It must not use what else this process has spoken to over the network, and no
    other thread may be at work here, since a lock it held would stay shut in the new process.
    """
    _hang_up()
    pid = os.fork()
    if pid == 0:
        try:
            pytest.MonkeyPatch().setattr(at, instead)
            work()
        except BaseException:  # noqa: BLE001 - its words, for whom the test tells
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(1)  # Alive to the end, which the test must not pass over.
    end = _end_of(pid)
    assert end == -signal.SIGKILL, f"The process never came to {at}; it ended with {end}."


def _hang_up() -> None:
    """Over a connection that both inherit both would speak, until the other end closes it."""
    connections.close_all()
    for pool in kombu.pools.connections.values():
        pool.force_close_all(close_pool=False)
        pool.setup()  # Room for as many new ones, which the pool would wait for.


def _end_of(pid: int) -> int | None:
    """None for a process that hung."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None
