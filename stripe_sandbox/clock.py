"""The one source of time, so that a program or a test can bring its own."""

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
