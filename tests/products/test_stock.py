import pytest

from products.models import StockMovement, StockRecord
from products.order_stock import InsufficientStock, allocate_stock, release_stock
from products.stock import StockConflict, adjust_stock, count_stock
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def numbers(variant_id: int) -> tuple[int, int]:
    record = StockRecord.objects.get(variant_id=variant_id)
    return record.on_hand, record.allocated


def test_allocating_promises_stock_and_leaves_a_movement() -> None:
    variant = make_product(on_hand=3)
    allocate_stock(quantities={variant.pk: 2}, reference="F1")
    assert numbers(variant.pk) == (3, 2)
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.on_hand_change, movement.allocated_change) == (
        "allocated", 0, 2,
    )  # fmt: skip
    assert movement.reference == "F1"


def test_an_order_that_cannot_be_served_whole_allocates_nothing() -> None:
    plenty, scarce = make_product(on_hand=9), make_product(on_hand=1)
    with pytest.raises(InsufficientStock) as caught:
        allocate_stock(quantities={plenty.pk: 2, scarce.pk: 2, 999: 1}, reference="F1")
    shortages = {(s.variant_id, s.wanted, s.available) for s in caught.value.shortages}
    assert shortages == {(scarce.pk, 2, 1), (999, 1, 0)}
    assert numbers(plenty.pk) == (9, 0)
    assert numbers(scarce.pk) == (1, 0)
    assert not StockMovement.objects.exists()


def test_releasing_frees_what_was_promised() -> None:
    variant = make_product(on_hand=3)
    allocate_stock(quantities={variant.pk: 3}, reference="F1")
    release_stock(quantities={variant.pk: 3}, reference="F1")
    assert numbers(variant.pk) == (3, 0)
    assert [m.allocated_change for m in StockMovement.objects.all()] == [-3, 3]


def test_counting_writes_the_difference() -> None:
    variant = make_product(on_hand=3)
    count_stock(record=variant.stock, counted=7, expected_on_hand=3, user=None, note="May")
    assert numbers(variant.pk) == (7, 0)
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.on_hand_change, movement.note) == ("counted", 4, "May")


def test_counting_against_a_number_that_moved_changes_nothing() -> None:
    variant = make_product(on_hand=3)
    with pytest.raises(StockConflict, match="there are 3 on hand now"):
        count_stock(record=variant.stock, counted=7, expected_on_hand=4, user=None)
    assert numbers(variant.pk) == (3, 0)
    assert not StockMovement.objects.exists()


def test_nothing_promised_can_be_counted_away() -> None:
    variant = make_product(on_hand=3)
    allocate_stock(quantities={variant.pk: 2}, reference="F1")
    with pytest.raises(StockConflict, match="2 pieces are promised"):
        count_stock(record=variant.stock, counted=1, expected_on_hand=3, user=None)
    assert numbers(variant.pk) == (3, 2)


def test_adding_and_removing_work_on_the_number_of_the_moment() -> None:
    variant = make_product(on_hand=3)
    stale = StockRecord.objects.get(variant=variant)
    StockRecord.objects.filter(variant=variant).update(on_hand=5)
    adjust_stock(record=stale, change=4, reason=StockMovement.Reason.RECEIVED, user=None)
    adjust_stock(record=stale, change=-2, reason=StockMovement.Reason.DAMAGED, user=None)
    assert numbers(variant.pk) == (7, 0)


def test_more_than_there_is_cannot_be_removed() -> None:
    variant = make_product(on_hand=3)
    with pytest.raises(StockConflict):
        adjust_stock(
            record=variant.stock, change=-4, reason=StockMovement.Reason.DAMAGED, user=None
        )
    assert numbers(variant.pk) == (3, 0)
