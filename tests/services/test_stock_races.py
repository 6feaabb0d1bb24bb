"""Many orders at the same moment: what the database makes sure of, and that it is the database."""

import threading
from collections.abc import Mapping
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError

from orders import placing
from orders.models import Order
from orders.placing import place_order
from products import order_stock
from products.models import ProductVariant, StockMovement, StockRecord
from products.order_stock import InsufficientStock
from tests.factories import make_product
from tests.services.databases import on_both_databases, on_postgresql
from tests.services.drafts import make_draft
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BUYERS = 12


def race_for(variant: ProductVariant) -> list[Order | Exception]:
    return at_once([partial(place_order, make_draft({variant: 1})) for _buyer in range(BUYERS)])


@on_both_databases
def test_as_many_orders_are_placed_as_there_are_pieces(database: str) -> None:
    variant = make_product(on_hand=5)
    results = race_for(variant)
    placed = [result for result in results if isinstance(result, Order)]
    refused = [result for result in results if isinstance(result, InsufficientStock)]
    assert (len(placed), len(refused)) == (5, 7), results
    record = StockRecord.objects.get()
    assert (record.on_hand, record.allocated) == (5, 5)
    assert Order.objects.count() == StockMovement.objects.count() == 5


@on_postgresql
def test_without_the_guard_the_same_race_sells_what_is_not_there(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: looking first and writing afterwards sells to all of them.
    SQLite has one writer at a time and cannot be made to do this."""
    everybody_looked = Barrier(BUYERS)

    def allocate_what_was_seen(*, quantities: Mapping[int, int], reference: str) -> None:
        (record,) = StockRecord.objects.all()
        assert record.available >= sum(quantities.values())
        everybody_looked.wait(30)
        seen = record.allocated
        StockRecord.objects.filter(pk=record.pk).update(allocated=seen + sum(quantities.values()))

    monkeypatch.setattr(placing, "allocate_stock", allocate_what_was_seen)
    results = race_for(make_product(on_hand=5))
    assert [type(result) for result in results] == [Order] * BUYERS
    assert StockRecord.objects.get().allocated == 1


@on_both_databases
def test_orders_that_name_the_same_variants_in_another_order_do_not_wait_for_each_other(
    database: str,
) -> None:
    first, second = make_product(on_hand=100), make_product(on_hand=100)
    drafts = [
        make_draft(quantities)
        for _pair in range(8)
        for quantities in ({first: 1, second: 1}, {second: 1, first: 1})
    ]
    results = at_once([partial(place_order, draft) for draft in drafts])
    assert [type(result) for result in results] == [Order] * 16, results
    assert set(StockRecord.objects.values_list("allocated", flat=True)) == {16}


@on_postgresql
def test_without_the_lock_order_they_would_wait_for_each_other(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    first, second = make_product(on_hand=100), make_product(on_hand=100)
    both_hold_one = Barrier(2)
    done = threading.local()
    log = order_stock.log_movement

    def log_and_wait_once(*args: Any, **kwargs: Any) -> None:
        log(*args, **kwargs)
        if not hasattr(done, "once"):
            done.once = True
            both_hold_one.wait(30)

    def in_the_order_given(quantities: Mapping[int, int]) -> list[StockRecord]:
        return [StockRecord.objects.get(variant_id=variant_id) for variant_id in quantities]

    monkeypatch.setattr(order_stock, "log_movement", log_and_wait_once)
    monkeypatch.setattr(order_stock, "_records_in_lock_order", in_the_order_given)
    drafts = [make_draft({first: 1, second: 1}), make_draft({second: 1, first: 1})]
    results = at_once([partial(place_order, draft) for draft in drafts])
    assert sorted(type(result).__name__ for result in results) == ["OperationalError", "Order"]
    (error,) = (result for result in results if isinstance(result, OperationalError))
    assert "deadlock detected" in str(error)


@on_both_databases
def test_one_submission_that_arrives_many_times_at_once_is_one_order(database: str) -> None:
    draft = make_draft({make_product(on_hand=1): 1})
    results = at_once([partial(place_order, draft) for _copy in range(BUYERS)])
    (order,) = Order.objects.all()
    assert results == [order] * BUYERS
    assert StockRecord.objects.get().allocated == 1
