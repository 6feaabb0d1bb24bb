"""Fifty buyers for the last piece, and what the same crowd does to a shop without its guards."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

import pytest
from django.db.models import F

from orders import placing
from orders.models import Order, OrderLine
from orders.placing import place_order
from products.models import StockMovement, StockRecord
from tests.factories import make_product
from tests.products.test_stock_race import no_last_net  # noqa: F401
from tests.services.databases import on_both_databases
from tests.services.drafts import make_draft
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BUYERS = 50


def rush() -> Counter[str]:
    """All of them order the one piece at the same moment; what each of them got."""
    variant = make_product(on_hand=1)
    drafts = [make_draft({variant: 1}) for _buyer in range(BUYERS)]
    results = at_once([partial(place_order, draft) for draft in drafts])
    return Counter(type(result).__name__ for result in results)


def allocate_unasked(*, quantities: Mapping[int, int], reference: str) -> None:
    """Promises without the condition that there is something left to promise."""
    for variant_id, wanted in quantities.items():
        StockRecord.objects.filter(variant_id=variant_id).update(allocated=F("allocated") + wanted)


@on_both_databases
def test_of_fifty_buyers_of_the_last_piece_one_gets_it(database: str) -> None:
    assert rush() == {"Order": 1, "InsufficientStock": BUYERS - 1}
    record = StockRecord.objects.get()
    assert (record.on_hand, record.allocated) == (1, 1)
    assert Order.objects.count() == OrderLine.objects.count() == StockMovement.objects.count() == 1


@on_both_databases
def test_without_the_condition_the_last_net_of_the_database_catches_the_others(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first control: forty-nine shoppers see an error, and nothing is oversold."""
    monkeypatch.setattr(placing, "allocate_stock", allocate_unasked)
    assert rush() == {"Order": 1, "IntegrityError": BUYERS - 1}
    assert StockRecord.objects.get().allocated == Order.objects.count() == 1


@on_both_databases
def test_without_the_condition_and_the_net_one_piece_is_sold_fifty_times(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    no_last_net: None,  # noqa: F811
) -> None:
    """The control of both tests above."""
    monkeypatch.setattr(placing, "allocate_stock", allocate_unasked)
    assert rush() == {"Order": BUYERS}
    record = StockRecord.objects.get()
    assert (record.on_hand, record.allocated) == (1, BUYERS)
