"""Which variants a product could have, and the SKUs that are proposed for them."""

import pytest

from products.combinations import (
    common_prefix,
    count_combinations,
    missing_combinations,
    parse_values,
    suggest_skus,
)


def test_values_are_separated_by_commas_or_lines_and_stand_once() -> None:
    assert parse_values(" Blue, green\r\nRed  clay\n\n,BLUE") == ("Blue", "green", "Red clay")
    assert parse_values(" , \n ") == ()


def test_only_combinations_that_no_variant_has_are_missing() -> None:
    options = [("Blue", "Red"), ("S", "M")]
    assert count_combinations(options) == 4
    assert missing_combinations(options, [("blue", "s"), ("Green", "S")]) == [
        ("Blue", "M"), ("Red", "S"), ("Red", "M"),
    ]  # fmt: skip


def test_skus_are_made_of_the_prefix_and_the_values() -> None:
    combinations = [("Sea green", "S"), ("Größe 2",), ("青",)]
    assert suggest_skus("mug", combinations, []) == ["MUG-SEA-GREEN-S", "MUG-GROE-2", "MUG"]


def test_a_sku_that_is_taken_gets_a_number() -> None:
    combinations = [("Blue",), ("blue!",), ("青",), ("赤",)]
    assert suggest_skus("MUG", combinations, ["mug-blue", "MUG"]) == [
        "MUG-BLUE-2", "MUG-BLUE-3", "MUG-2", "MUG-3",
    ]  # fmt: skip


def test_a_long_sku_still_fits_with_its_number() -> None:
    skus = suggest_skus("M" * 30, [("x" * 60,), ("x" * 61,)], [])
    assert [len(sku) for sku in skus] == [60, 60]
    assert skus[0] != skus[1]


@pytest.mark.parametrize(
    ("skus", "prefix"),
    [
        (["MUG-BLUE", "MUG-BLACK"], "MUG"),
        (["MUG-1"], "MUG-1"),
        (["A-B-C", "A-B-D"], "A-B"),
        (["CUP", "MUG"], ""),
        ([], ""),
    ],
)
def test_the_beginning_of_new_skus_is_that_of_the_old_ones(skus: list[str], prefix: str) -> None:
    assert common_prefix(skus) == prefix
