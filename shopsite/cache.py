"""Redis as a cache and nothing more: while it is down the shop is slower, and otherwise the same.

A question to a cache that does not answer is a miss, and nothing is kept. So no page may depend on
what it put into a cache.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

T = TypeVar("T")

ANSWER_SECONDS = 0.5
PAUSE_SECONDS = 5.0  # A page asks a dozen questions; one is enough to find out.


class ForgivingClient(RedisCacheClient):
    """Answers as an empty cache does when Redis does not."""

    # By the servers' addresses and for the whole process: each thread has a client of its own.
    _asked_again_from: ClassVar[dict[str, float]] = {}

    def __init__(self, servers: list[str], **options: Any) -> None:
        defaults = {
            "socket_connect_timeout": ANSWER_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            # The client's own patience is many seconds, and the shopper would have to have it too.
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(servers, **{**defaults, **options})
        self._address = ",".join(servers)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._ask(super().add, key, value, timeout, miss=False)

    def get(self, key: Any, default: Any) -> Any:
        return self._ask(super().get, key, default, miss=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._ask(super().set, key, value, timeout, miss=None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._ask(super().touch, key, timeout, miss=False)

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        return self._ask(super().get_many, keys, miss={})

    def has_key(self, key: Any) -> bool:
        return self._ask(super().has_key, key, miss=False)

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        self._ask(super().set_many, data, timeout, miss=None)

    def incr(self, key: Any, delta: int) -> int:
        number: int | None = self._ask(super().incr, key, delta, miss=None, is_urgent=True)
        if number is None:
            raise ValueError(f"Key {key!r} not found.")
        return number

    def delete(self, key: Any) -> bool:
        return self._ask(super().delete, key, miss=False, is_urgent=True)

    def delete_many(self, keys: Iterable[Any]) -> None:
        self._ask(super().delete_many, keys, miss=None, is_urgent=True)

    def clear(self) -> bool:
        return self._ask(super().clear, miss=False, is_urgent=True)

    def _ask(self, question: Callable[..., T], *args: Any, miss: T, is_urgent: bool = False) -> T:
        """`is_urgent` is what makes old values go away; it is tried also during a pause."""
        pauses = self._asked_again_from
        if time.monotonic() < pauses.get(self._address, 0.0) and not is_urgent:
            return miss
        try:
            return question(*args)
        except RedisError as error:
            pauses[self._address] = time.monotonic() + PAUSE_SECONDS
            logger.warning("The cache does not answer: %s", type(error).__name__)
            return miss


class ForgivingRedisCache(RedisCache):
    """Django's own backend, with a client that does not raise when Redis is down."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
