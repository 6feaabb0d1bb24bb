"""Waiting for what other processes do, with an end to it."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.05


def eventually(read: Callable[[], T], what: str, *, seconds: float = 30.0) -> T:
    """What `read` gives as soon as it is true in the end; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := read()):
        assert time.monotonic() < deadline, f"It did not happen in {seconds:g} s: {what}."
        time.sleep(PAUSE)
    return value
