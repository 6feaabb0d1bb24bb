"""Runs of beat that end in time."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

RUN_SECONDS = 20

Row = TypeVar("Row")


def within_time(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, until the time of this run is over: the next run comes soon, and mail waits for
    the same workers."""
    deadline = time.monotonic() + RUN_SECONDS
    for row in rows:
        if time.monotonic() > deadline:
            return
        yield row
