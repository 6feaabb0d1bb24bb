"""Whose address is believed, and what happens when nobody counts."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from shopsite.clients import client_address, client_digest, is_too_often


def request_from(address: str, forwarded: str | None = None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", ""),
        (1, "nonsense", ""),
        (1, None, ""),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    settings: Settings, proxies: int, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_address(request_from("192.0.2.1", forwarded)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_one_connection_is_one_client(address: str, expected: str) -> None:
    assert client_address(request_from(address)) == expected


def test_the_digest_does_not_tell_the_address() -> None:
    digest = client_digest(request_from("192.0.2.1"))
    assert len(digest) == 32
    assert digest != client_digest(request_from("192.0.2.2"))
    assert client_digest(request_from("")) == ""


def test_a_client_is_counted_for_each_thing_by_itself() -> None:
    cache.clear()
    ask = request_from("192.0.2.1")
    answers = [is_too_often(ask, what="a", limit=2, seconds=3600) for _call in range(4)]
    assert answers == [False, False, True, True]
    assert not is_too_often(ask, what="b", limit=2, seconds=3600)
    assert not is_too_often(request_from("192.0.2.2"), what="a", limit=2, seconds=3600)


def test_nobody_is_held_up_by_a_cache_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def miss(*args: object, **kwargs: object) -> int:
        raise ValueError("Key not found.")

    monkeypatch.setattr(cache, "incr", miss)
    ask = request_from("192.0.2.1")
    assert not any(is_too_often(ask, what="c", limit=1, seconds=60) for _call in range(5))
