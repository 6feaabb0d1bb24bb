"""PostgreSQL goes away, gives a transaction up, or has a table that is being rewritten."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connection
from django.test import Client

from home.models import HomePage
from orders import payments
from orders.models import Invoice, Order
from orders.status import OrderStatus
from stripe_sandbox.testing import RunningSandbox
from tests.services.conftest import database_url
from tests.services.purchases import Purchase, deliver, pay_at_stripe

pytestmark = [
    pytest.mark.services("postgresql"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Break = Callable[[], None]


@pytest.fixture
def somebody_else(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Another way into the same database."""
    with psycopg.connect(database_url(), autocommit=True) as other:
        yield other


@pytest.fixture
def cut(somebody_else: psycopg.Connection) -> Break:
    """Ends this process' connection, as a server does that restarts or hands over to another."""

    def cut() -> None:
        pid = connection.connection.info.backend_pid
        somebody_else.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    return cut


def give_up_with(code: str) -> Break:
    def give_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DO $$ BEGIN RAISE EXCEPTION 'given up' USING ERRCODE = '{code}'; END $$"
            )

    return give_up


def assert_unpaid(order: Order) -> None:
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert (order.payments.count(), order.emails.count(), Invoice.objects.count()) == (0, 0, 0)


def assert_next_delivery_pays(sandbox: RunningSandbox, purchase: Purchase) -> None:
    assert deliver(sandbox, purchase).status_code == 200
    order = purchase.order
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert (order.payments.count(), order.emails.count(), Invoice.objects.count()) == (1, 2, 1)


@pytest.fixture(params=["cut", "40001", "40P01"], ids=["cut", "serialization", "deadlock"])
def trouble(request: pytest.FixtureRequest, cut: Break) -> Break:
    return cut if request.param == "cut" else give_up_with(request.param)


def test_trouble_in_the_middle_of_a_payment_is_a_503_and_the_next_delivery_pays(
    sandbox: RunningSandbox, trouble: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase = pay_at_stripe(sandbox)
    issue_invoice = payments.issue_invoice

    def issue_and_break(order: Order) -> Invoice:
        invoice = issue_invoice(order)
        trouble()
        return invoice

    with monkeypatch.context() as patch:
        patch.setattr(payments, "issue_invoice", issue_and_break)
        assert deliver(sandbox, purchase).status_code == 503
    close_old_connections()  # As at the end of a request.
    assert_unpaid(purchase.order)
    assert_next_delivery_pays(sandbox, purchase)


def test_a_connection_that_was_cut_between_two_requests_is_not_noticed(
    site: HomePage, cut: Break
) -> None:
    assert Client().get("/").status_code == 200
    cut()
    close_old_connections()  # As at the beginning of a request, which the test's client leaves out.
    assert Client().get("/").status_code == 200


def test_while_a_table_is_rewritten_stripe_is_told_to_come_again_and_pages_are_shown(
    sandbox: RunningSandbox, site: HomePage, somebody_else: psycopg.Connection
) -> None:
    purchase = pay_at_stripe(sandbox)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)  # Which would keep the test waiting.
        cursor.execute("SET lock_timeout = '200ms'")
    with somebody_else.transaction():
        somebody_else.execute("LOCK TABLE orders_order IN ACCESS EXCLUSIVE MODE")
        assert deliver(sandbox, purchase).status_code == 503
        assert Client().get("/").status_code == 200
    assert_unpaid(purchase.order)
    assert_next_delivery_pays(sandbox, purchase)


def add_columns(*tables: str) -> None:
    with connection.schema_editor() as editor:
        for table in tables:
            editor.execute(f"ALTER TABLE {table} ADD COLUMN half_a_thing integer")


def test_a_migration_that_does_not_get_its_table_gives_way_and_changes_nothing(
    transactional_db: None, somebody_else: psycopg.Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    with somebody_else.transaction():
        somebody_else.execute("SELECT count(*) FROM orders_order")
        with pytest.raises(OperationalError, match="lock timeout"):
            add_columns("orders_invoice", "orders_order")
        assert Order.objects.count() == 0
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "orders_invoice")
    assert "half_a_thing" not in {column.name for column in columns}
