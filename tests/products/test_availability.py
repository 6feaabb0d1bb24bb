import pytest

from products.availability import Availability, availability_of, best_of

SOLD_OUT = Availability("sold_out", "Sold out")
NOT_FOR_SALE = Availability("unavailable", "Not for sale")


@pytest.mark.parametrize(
    ("available", "is_active", "expected"),
    [
        (0, True, SOLD_OUT),
        (-1, True, SOLD_OUT),
        (1, True, Availability("low_stock", "Only 1 left", 1)),
        (2, True, Availability("low_stock", "Only 2 left", 2)),
        (5, True, Availability("low_stock", "Only 5 left", 5)),
        (6, True, Availability("in_stock", "In stock", 6)),
        (99, True, Availability("in_stock", "In stock", 99)),
        (100, True, Availability("in_stock", "In stock", 99)),
        (100, False, NOT_FOR_SALE),
        (0, False, NOT_FOR_SALE),
    ],
)
def test_what_can_be_bought_and_how_it_is_said(
    available: int, is_active: bool, expected: Availability
) -> None:
    answer = availability_of(available=available, is_active=is_active)
    assert answer == expected
    assert answer.is_buyable is (expected.max_quantity > 0)


@pytest.mark.parametrize(
    ("amounts", "code"),
    [([0, 3, 50], "in_stock"), ([0, 3], "low_stock"), ([0, 0], "sold_out"), ([], "unavailable")],
)
def test_a_card_shows_the_most_buyable_variant(amounts: list[int], code: str) -> None:
    all_of_them = [availability_of(available=amount, is_active=True) for amount in amounts]
    assert best_of([*all_of_them, NOT_FOR_SALE] if amounts else []).code == code
