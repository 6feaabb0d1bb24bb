"""The one source of time, so that a program or a test can bring its own, and move it."""

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time in seconds since the epoch."""

    def now(self) -> float: ...


class SystemClock:
    """The machine's time."""

    def now(self) -> float:
        """Seconds since the epoch, with fractions."""
        return time.time()


class VirtualClock:
    """The sandbox's time: that of ``machine``, moved ahead by ``ahead`` seconds.

    Sessions, retries, keys and what events say of their time go by it. Signatures do not: the shop
    that checks them has a clock of its own, which nobody moved.
    """

    def __init__(self, machine: Clock, ahead: float = 0.0) -> None:
        self.machine = machine
        self._ahead = ahead
        self._lock = threading.Lock()

    @property
    def ahead(self) -> float:
        """Seconds that the sandbox is ahead of the machine."""
        return self._ahead

    def now(self) -> float:
        """Seconds since the epoch, as the sandbox sees it."""
        return self.machine.now() + self._ahead

    def jump_to(self, moment: float) -> None:
        """Moves ahead to ``moment``; one that has passed changes nothing."""
        with self._lock:
            self._ahead += max(moment - self.now(), 0)

    def put_back(self) -> None:
        """Tells the machine's time again."""
        with self._lock:
            self._ahead = 0.0
