"""Several things at the same moment, each in a thread with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]], *, seconds: float = 60.0) -> list[T | Exception]:
    """Starts all calls together; what each gave back or raised, in the same order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        try:
            connections["default"].ensure_connection()
            barrier.wait(seconds)
            return call()
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
        return [future.result(seconds) for future in futures]
