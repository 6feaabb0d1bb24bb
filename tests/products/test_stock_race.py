"""Many buyers at once, with real threads and connections: exactly the stock is sold.

Each race has a control, in which the guard is taken out and the same steps sell too much: it shows
that the test can fail. The control of the database's last net takes that out as well.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from products.models import ProductVariant, StockMovement, StockRecord
from products.order_stock import InsufficientStock, allocate_stock
from tests.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 8
NEVER_OVERSOLD = next(
    one for one in StockRecord._meta.constraints if one.name == "products_stock_never_oversold"
)

Outcome = str  # "sold", "sold out" or "refused"


def race(buy: Callable[[int], None], *, buyers: int = BUYERS) -> list[Outcome]:
    """Lets all buyers go at the same moment; their outcomes in any order."""
    start = threading.Barrier(buyers)

    def buyer(number: int) -> Outcome:
        connection.ensure_connection()
        start.wait(timeout=30)
        try:
            buy(number)
        except InsufficientStock:
            return "sold out"
        except IntegrityError:
            return "refused"
        else:
            return "sold"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(buyers) as pool:
        return list(pool.map(buyer, range(buyers)))


def numbers(variant: ProductVariant) -> tuple[int, int]:
    record = StockRecord.objects.get(variant=variant)
    return record.on_hand, record.allocated


@pytest.mark.parametrize("on_hand", [1, 3])
def test_the_last_units_are_sold_once_each(on_hand: int) -> None:
    variant = make_product(on_hand=on_hand)

    def buy(number: int) -> None:
        allocate_stock(quantities={variant.pk: 1}, reference=f"F{number}")

    outcomes = race(buy)
    assert sorted(outcomes) == ["sold"] * on_hand + ["sold out"] * (BUYERS - on_hand)
    assert numbers(variant) == (on_hand, on_hand)
    assert StockMovement.objects.filter(reason="allocated").count() == on_hand


def test_orders_of_the_same_two_things_in_either_order_do_not_block_each_other() -> None:
    first, second = make_product(on_hand=5), make_product(on_hand=5)
    ways_round = [{first.pk: 1, second.pk: 1}, {second.pk: 1, first.pk: 1}]

    def buy(number: int) -> None:
        allocate_stock(quantities=ways_round[number % 2], reference=f"F{number}")

    assert sorted(race(buy)) == ["sold"] * 5 + ["sold out"] * 3
    assert (numbers(first), numbers(second)) == ((5, 5), (5, 5))


def test_an_order_that_gets_only_half_keeps_nothing() -> None:
    plenty, scarce = make_product(on_hand=100), make_product(on_hand=2)

    def buy(number: int) -> None:
        allocate_stock(quantities={plenty.pk: 3, scarce.pk: 1}, reference=f"F{number}")

    assert sorted(race(buy)) == ["sold"] * 2 + ["sold out"] * 6
    assert (numbers(plenty), numbers(scarce)) == ((100, 6), (2, 2))


# --- Controls: the same race with the guards taken out -----------------------------------------


@pytest.fixture
def everybody_has_looked() -> threading.Barrier:
    """Where naive buyers wait, so that all have read the stock before the first one writes."""
    return threading.Barrier(BUYERS)


@pytest.fixture
def no_last_net() -> Iterator[None]:
    """Takes the CHECK constraint against overselling out of the database and puts it back."""
    constraints = StockRecord._meta.constraints
    # SQLite makes the table anew, with the constraints that the model has at that moment.
    StockRecord._meta.constraints = [one for one in constraints if one is not NEVER_OVERSOLD]
    with connection.schema_editor() as editor:
        editor.remove_constraint(StockRecord, NEVER_OVERSOLD)
    yield
    StockRecord.objects.all().delete()
    StockRecord._meta.constraints = constraints
    with connection.schema_editor() as editor:
        editor.add_constraint(StockRecord, NEVER_OVERSOLD)


def allocate_naively(
    variant: ProductVariant, wanted: int, everybody_has_looked: threading.Barrier
) -> None:
    """Looks first and writes later, as most first drafts of a shop do."""
    record = StockRecord.objects.get(variant=variant)
    everybody_has_looked.wait(timeout=30)
    if record.available < wanted:
        raise InsufficientStock([])
    with transaction.atomic():
        fresh = StockRecord.objects.select_for_update().get(pk=record.pk)
        fresh.allocated += wanted
        fresh.save()


def test_control_looking_first_and_writing_later_oversells(
    no_last_net: None, everybody_has_looked: threading.Barrier
) -> None:
    variant = make_product(on_hand=1)
    outcomes = race(lambda _number: allocate_naively(variant, 1, everybody_has_looked))
    assert outcomes == ["sold"] * BUYERS
    assert numbers(variant) == (1, BUYERS)


def test_control_the_last_net_refuses_what_naive_code_oversells(
    everybody_has_looked: threading.Barrier,
) -> None:
    variant = make_product(on_hand=1)
    outcomes = race(lambda _number: allocate_naively(variant, 1, everybody_has_looked))
    assert sorted(outcomes) == ["refused"] * (BUYERS - 1) + ["sold"]
    assert numbers(variant) == (1, 1)


def test_control_the_net_is_there_again() -> None:
    variant = make_product(on_hand=1)
    with pytest.raises(DatabaseError, match="never_oversold"):
        StockRecord.objects.filter(variant=variant).update(allocated=2)
    assert numbers(variant) == (1, 0)
