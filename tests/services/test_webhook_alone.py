"""The webhook on PostgreSQL speaks to its database and nudges the broker; to nobody else. And what
a broker in trouble costs a purchase from the checkout to the record of its payment."""

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery
from django.db import connection

from orders.models import OutgoingEmail
from orders.status import OrderStatus
from shopsite import broker as broker_module
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_product_page
from tests.flows.shopper import Shopper
from tests.services.proxy import Proxy
from tests.services.purchases import deliver, pay_at_stripe

MAILS = 2  # To the shopper and to the staff.

pytestmark = [
    pytest.mark.services("postgresql", "rabbitmq"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whom Python's sockets were asked to call; nobody answers. The connection to the database is
    of libpq, which has sockets of its own."""
    called: list[Any] = []

    def refuse(_socket: socket.socket, address: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return called


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_webhook_speaks_to_the_database_and_nudges_the_broker_alone(
    database: str,
    sandbox: RunningSandbox,
    shop_broker: Celery,
    broker: Proxy,
    request: pytest.FixtureRequest,
) -> None:
    purchase = pay_at_stripe(sandbox)
    calls = request.getfixturevalue("calls")
    connection.close()  # A new one is made beside the blocked sockets.
    assert deliver(sandbox, purchase).status_code == 200
    purchase.order.refresh_from_db()
    assert purchase.order.status == OrderStatus.PAID
    assert set(purchase.order.emails.values_list("state", flat=True)) == {
        OutgoingEmail.State.PENDING
    }
    assert {address[1] for address in calls} == {broker.port}


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that each message to the broker took, sent or not."""
    seconds: list[float] = []
    publish = broker_module._publish

    def publish_timed(name: str, args: Any) -> None:
        started = time.monotonic()
        try:
            publish(name, args)
        finally:
            seconds.append(time.monotonic() - started)

    monkeypatch.setattr(broker_module, "_publish", publish_timed)
    return seconds


def buy(shopper: Shopper, sku: str) -> None:
    shopper.client.cookies.clear()
    order = shopper.buy(sku)
    assert order.status == OrderStatus.PAID


@pytest.mark.parametrize(("trouble", "costs"), [(Proxy.refuse, 0.1), (Proxy.hang, 1.1)])
def test_a_broker_in_trouble_costs_a_purchase_little(
    shopper: Shopper,
    shop_broker: Celery,
    broker: Proxy,
    spent: list[float],
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[Proxy], None],
    costs: float,
) -> None:
    """From the checkout to the record of the payment; the quickest of three, for a busy machine."""
    make_product_page(sku="MUG", on_hand=20)
    buy(shopper, "MUG")
    assert len(spent) == MAILS
    trouble(broker)
    fastest = 60.0
    for _purchase in range(3):
        spent.clear()
        monkeypatch.setattr(broker_module, "_asked_again_from", 0.0)
        buy(shopper, "MUG")
        assert len(spent) == 1  # The second mail of the order does not ask again.
        fastest = min(fastest, sum(spent))
    assert fastest < costs
