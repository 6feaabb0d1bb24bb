"""The shop with Redis as its cache: shared while it is there, not missed while it is not."""

import logging
import os
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.core.cache import cache
from django.test import Client

from bin.ports import find_free
from orders.status import OrderStatus
from shopsite.cache import ForgivingClient
from tests.factories import make_product_page
from tests.flows.shopper import Shopper
from tests.services.proxy import Proxy
from tests.services.waiting import eventually

pytestmark = pytest.mark.django_db

FORGIVING = "shopsite.cache.ForgivingRedisCache"
DJANGOS_OWN = "django.core.cache.backends.redis.RedisCache"
PUBLIC_PAGES = ("/", "/shop/", "/shop/speckled-mug/", "/search/?q=speckled", "/sitemap.xml")


@pytest.fixture(autouse=True)
def nothing_known_of_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ForgivingClient, "_asked_again_from", {})


def use_redis(settings, url: str, *, backend: str = FORGIVING) -> str:
    """Makes it the cache of this process; returns the prefix of its keys."""
    prefix = f"shop-test-{uuid4().hex[:8]}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": url, "KEY_PREFIX": prefix}}
    return prefix


@pytest.fixture
def redis_url() -> str:
    return os.environ["TEST_REDIS_URL"]


@pytest.fixture
def server(redis_url: str) -> Iterator[redis.Redis]:
    """Redis itself, to see what is in it. Keys of these tests end with them."""
    with redis.Redis.from_url(redis_url) as server:
        yield server
        for key in server.scan_iter("shop-test-*"):
            server.delete(key)


@pytest.fixture
def wire(redis_url: str, server: redis.Redis) -> Iterator[Proxy]:
    """The way to Redis."""
    address = server.connection_pool.connection_kwargs
    proxy = Proxy(address["host"], address["port"])
    yield proxy
    proxy.refuse()


@pytest.fixture(params=["closed", "hung"])
def dead_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where nobody listens, or somebody who never answers."""
    port = find_free()
    if request.param == "closed":
        yield f"redis://127.0.0.1:{port}/0"
        return
    proxy = Proxy("127.0.0.1", port)
    proxy.hang()
    yield f"redis://127.0.0.1:{proxy.port}/0"
    proxy.refuse()


@pytest.mark.services("redis")
def test_pages_are_served_with_a_cache_that_processes_share(
    settings, shopper: Shopper, server: redis.Redis, redis_url: str
) -> None:
    prefix = use_redis(settings, redis_url)
    make_product_page(sku="MUG")
    for page in PUBLIC_PAGES:
        assert shopper.client.get(page).status_code == 200, page
    assert list(server.scan_iter(f"{prefix}:*")) != []
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["cache"]) == (200, "ok")
    # A second look is answered from the cache.
    assert shopper.client.get("/shop/speckled-mug/").status_code == 200


def test_a_purchase_succeeds_while_the_cache_is_down(
    settings, shopper: Shopper, dead_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    use_redis(settings, dead_url)
    make_product_page(sku="MUG")
    with caplog.at_level(logging.WARNING, logger="shopsite.cache"):
        started = time.monotonic()
        for page in PUBLIC_PAGES:
            assert shopper.client.get(page).status_code == 200, page
        browsed_for = time.monotonic() - started
    questions = [record for record in caplog.records if record.name == "shopsite.cache"]
    # One question in five seconds finds out that the cache is still away.
    assert 1 <= len(questions) <= 1 + browsed_for / 5

    order = shopper.buy("MUG")
    assert order.status == OrderStatus.PAID
    assert shopper.client.get(order.get_absolute_url()).status_code == 200
    assert shopper.client.get("/cart/").status_code == 200


def test_the_backend_of_django_would_break_the_page(settings, shopper: Shopper) -> None:
    """The control of the test above."""
    use_redis(settings, f"redis://127.0.0.1:{find_free()}/0", backend=DJANGOS_OWN)
    settings.CACHES["default"]["OPTIONS"] = {"retry": None}
    with pytest.raises(redis.ConnectionError):
        shopper.client.get("/")


def test_a_cache_that_does_not_answer_is_an_empty_one(settings, dead_url: str) -> None:
    use_redis(settings, dead_url)
    cache.set("price", 1)
    assert cache.get("price", "nothing") == "nothing"
    assert cache.get_many(["price"]) == {}
    assert cache.set_many({"price": 1}) == []
    assert cache.get_or_set("price", lambda: 2) == 2
    assert "price" not in cache
    assert (cache.add("price", 1), cache.touch("price"), cache.delete("price")) == (False,) * 3
    cache.delete_many(["price"])
    cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("price")


@pytest.mark.services("redis")
def test_the_cache_is_used_again_when_it_is_back(
    settings, monkeypatch: pytest.MonkeyPatch, wire: Proxy, redis_url: str
) -> None:
    monkeypatch.setattr("shopsite.cache.PAUSE_SECONDS", 0.1)
    use_redis(settings, wire.through(redis_url))
    cache.set("price", 1)
    wire.refuse()
    assert cache.get("price") is None
    wire.open()
    assert eventually(lambda: cache.get("price"), "the cache answers again", seconds=5) == 1


@pytest.mark.services("redis")
def test_what_is_out_of_date_is_removed_also_while_the_cache_is_not_asked(
    settings, server: redis.Redis, wire: Proxy, redis_url: str
) -> None:
    prefix = use_redis(settings, wire.through(redis_url))
    cache.set("price", 1)
    wire.refuse()
    assert cache.get("price") is None
    wire.open()
    assert cache.get("price") is None
    assert server.exists(f"{prefix}:1:price") == 1
    assert cache.delete("price") is True
    assert server.exists(f"{prefix}:1:price") == 0
