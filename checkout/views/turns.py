"""In which order the events that come to one process are kept, answered and applied."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition

from django.db import close_old_connections

QUIET_SECONDS = 0.005
PATIENCE_SECONDS = 0.25


class Turns:
    """Lets one thread work at a time, and first of all lets those be answered who wait.

    Threads of Python take turns at one processor: while one works, each of the others that only
    wants to write a row and go loses a turn for every word with the database.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._arriving = 0
        self._waiting = 0
        self._is_working = False
        self._thread = ThreadPoolExecutor(1, "webhook-work")  # Starts with its first work.

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Around what somebody does before the answer."""
        with self._changed:
            self._arriving += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._arriving -= 1
                self._changed.notify_all()

    @contextmanager
    def now(self) -> Iterator[bool]:
        """Whether the caller may work at once: nobody else arrives, works or waits to. If so, all
        others wait until the block ends."""
        with self._changed:
            is_free = not (self._arriving or self._waiting or self._is_working)
            self._is_working = self._is_working or is_free
        try:
            yield is_free
        finally:
            if is_free:
                self._end()

    def later(self, work: Callable[[], object]) -> None:
        """Leaves `work` to this process's own thread, with a database connection of its own.

        Begins when nobody has arrived for a moment, at the latest after `PATIENCE_SECONDS` or the
        works before it. It must raise nothing, and somebody else must take up what a process that
        is killed leaves undone; one that is asked to end does it before.
        """
        with self._changed:
            self._waiting += 1
        self._thread.submit(self._work, work, time.monotonic() + PATIENCE_SECONDS)

    def _work(self, work: Callable[[], object], latest: float) -> None:
        self._await_quiet(latest)
        with self._changed:
            self._changed.wait_for(lambda: not self._is_working)
            self._is_working = True
            self._waiting -= 1
        close_old_connections()
        try:
            work()
        finally:
            close_old_connections()
            self._end()

    def _await_quiet(self, latest: float) -> None:
        with self._changed:
            while (left := latest - time.monotonic()) > 0:
                if self._changed.wait_for(lambda: not self._arriving, left) and not (
                    self._changed.wait(QUIET_SECONDS)
                ):
                    return

    def _end(self) -> None:
        with self._changed:
            self._is_working = False
            self._changed.notify_all()
