"""The database has trouble while Stripe delivers: it is locked, or gone in the middle."""

from functools import partial

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from checkout.models import WebhookEvent
from orders.changes import lock_order
from orders.models import Invoice, Order, OutgoingEmail, Payment
from stripe_sandbox.testing import RunningSandbox
from tests.services.databases import on_both_databases, on_postgresql
from tests.services.purchases import Purchase, deliver, pay_at_stripe
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# How a connection is told not to wait for long.
IMPATIENT = {"sqlite": ("timeout", 0.2), "postgresql": ("options", "-c lock_timeout=200ms")}


def delivered(sandbox: RunningSandbox, purchase: Purchase) -> int:
    """The answer to a delivery that another process takes in, with a connection of its own."""
    [response] = at_once([partial(deliver, sandbox, purchase)])
    assert isinstance(response, HttpResponse), response
    return response.status_code


def effects() -> tuple[int, int, int]:
    return Payment.objects.count(), Invoice.objects.count(), OutgoingEmail.objects.count()


def assert_the_next_delivery_works(sandbox: RunningSandbox, purchase: Purchase) -> None:
    assert effects() == (0, 0, 0)
    assert delivered(sandbox, purchase) == 200
    assert effects() == (1, 1, 2)
    assert WebhookEvent.objects.get().state == "applied"
    assert Order.objects.get().status == "paid"


@on_both_databases
def test_what_somebody_else_has_locked_is_a_503_and_the_next_delivery_works(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase = pay_at_stripe(sandbox)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], *IMPATIENT[database])
    with transaction.atomic():
        lock_order(purchase.order.pk)  # On SQLite the transaction is the lock.
        assert delivered(sandbox, purchase) == 503
    assert_the_next_delivery_works(sandbox, purchase)


def lose_the_connection(*args: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@on_postgresql
def test_a_connection_that_is_lost_in_the_middle_is_a_503_and_leaves_a_note_of_it(
    database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase = pay_at_stripe(sandbox)
    with monkeypatch.context() as patch:
        patch.setattr("orders.payments.issue_invoice", lose_the_connection)
        assert delivered(sandbox, purchase) == 503
    event = WebhookEvent.objects.get()
    assert (event.state, event.attempts) == ("failed", 1)
    assert event.last_error.startswith("OperationalError in ")
    assert_the_next_delivery_works(sandbox, purchase)
