"""One value for each option: which variant that is, and the words for where there is none."""

from dataclasses import dataclass

import pytest

from products.option_choice import WrongCombination, find_combination, words_of
from products.option_groups import OptionValue, option_groups


@dataclass(frozen=True)
class Variant:
    option_values: tuple[str, ...]
    is_buyable: bool = True


PLATES = [
    Variant(("Oat", "21 cm")),
    Variant(("Oat", "27 cm")),
    Variant(("Sage", "21 cm")),
    Variant(("Sage", "27 cm"), is_buyable=False),
    Variant(("Charcoal", "27 cm")),
    Variant(("Rust", "27 cm"), is_buyable=False),
]
NAMES = ("Glaze", "Size")


def test_a_combination_that_can_be_bought_is_found() -> None:
    assert find_combination(PLATES, names=NAMES, chosen=("Sage", "21 cm")) is PLATES[2]


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (("Charcoal", "21 cm"), "Charcoal in 21 cm is not made. It comes in 27 cm."),
        (("Sage", "27 cm"), "Sage in 27 cm is sold out. There is still 21 cm."),
        (("Rust", "27 cm"), "Rust in 27 cm is sold out."),
        (("", "27 cm"), "Please choose one: Glaze."),
        (("Oat", ""), "Please choose one: Size."),
        (("Oat", "28 cm"), "Please choose one: Size."),
        (("oat", "\x00"), "Please choose one: Glaze."),
    ],
)
def test_any_other_choice_is_answered_in_words(chosen: tuple[str, ...], text: str) -> None:
    with pytest.raises(WrongCombination) as caught:
        find_combination(PLATES, names=NAMES, chosen=chosen)
    assert str(caught.value) == text


def test_with_three_options_the_ways_name_both_others() -> None:
    variants = [Variant(("Oat", "S", "matte")), Variant(("Oat", "M", "glossy"))]
    with pytest.raises(WrongCombination) as caught:
        find_combination(variants, names=("Glaze", "Size", "Coat"), chosen=("Oat", "S", "glossy"))
    assert str(caught.value) == (
        "Oat in S / glossy is not made. It comes in S / matte, M / glossy."
    )


def test_a_combination_is_said_as_one_says_it() -> None:
    assert words_of(("Moss",)) == "Moss"
    assert words_of(("Moss", "1 l")) == "Moss in 1 l"


def test_each_option_is_a_group_in_which_what_is_gone_cannot_be_chosen() -> None:
    glaze, size = option_groups(NAMES, PLATES, chosen=("Sage", "21 cm"))
    assert (glaze.name, glaze.field, size.name, size.field) == (
        "Glaze",
        "option1",
        "Size",
        "option2",
    )
    assert glaze.values == (
        OptionValue("Oat", is_chosen=False, is_gone=False),
        OptionValue("Sage", is_chosen=True, is_gone=False),
        OptionValue("Charcoal", is_chosen=False, is_gone=False),
        OptionValue("Rust", is_chosen=False, is_gone=True),
    )
    assert [(one.value, one.is_chosen) for one in size.values] == [
        ("21 cm", True),
        ("27 cm", False),
    ]


def test_one_option_and_half_filled_options_are_no_groups() -> None:
    assert option_groups(("Glaze",), [Variant(("Oat",))], chosen=()) == ()
    assert option_groups(NAMES, [*PLATES, Variant(("Oat",))], chosen=()) == ()
