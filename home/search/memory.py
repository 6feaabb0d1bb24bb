"""Keeps answers for a moment, in this process, as long as the catalog stays as it is."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from products.generation import current_generation

T = TypeVar("T")

MAX_KEPT = 64  # An answer may hold thousands of ids.


class ShortMemory(Generic[T]):
    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[Hashable, tuple[float, T]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """1 query. Within a transaction everything is asked anew and nothing is kept: what it
        changed itself has no generation yet."""
        if connection.in_atomic_block:
            return ask()
        full_key = (current_generation().number, key)
        kept = self._kept.get(full_key)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        answer = ask()
        with self._lock:
            while len(self._kept) >= MAX_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept.pop(full_key, None)
            self._kept[full_key] = (time.monotonic() + self._seconds, answer)
        return answer
