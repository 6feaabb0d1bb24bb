"""The pure parts of lists: sets as bits, tokens, filters as addresses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.facets.bits import SortedColumn, bits_of, positions_in, sold_out_last
from products.facets.filters import Filters, Parameters, read_filters
from products.facets.index import Facet, FacetValue
from products.facets.shapes import Group, Option
from products.facets.tokens import Token, number_text, read_token, write_tokens
from products.rules import ProductOrder

SIZE = 70
positions = st.sets(st.integers(0, SIZE - 1))


@given(positions, st.permutations(range(SIZE)))
def test_a_set_comes_back_in_the_order_asked_for(members: set[int], order: list[int]) -> None:
    bits = bits_of(members, SIZE)
    assert bits.bit_count() == len(members)
    assert positions_in(bits, order, SIZE) == [one for one in order if one in members]


@given(positions, positions)
def test_what_is_sold_out_moves_behind_and_keeps_its_order(
    members: set[int], buyable: set[int]
) -> None:
    order = sorted(members)
    moved = sold_out_last(order, bits_of(buyable, SIZE), SIZE)
    assert moved == [n for n in order if n in buyable] + [n for n in order if n not in buyable]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, SIZE - 1))),
    st.none() | st.integers(0, 9),
    st.none() | st.integers(0, 9),
)
def test_a_range_holds_both_its_ends(
    pairs: list[tuple[int, int]], minimum: int | None, maximum: int | None
) -> None:
    column = SortedColumn(pairs, SIZE)
    low, high = (0 if minimum is None else minimum), (9 if maximum is None else maximum)
    inside = {position for number, position in pairs if low <= number <= high}
    assert column.between(minimum, maximum) == bits_of(inside, SIZE)
    everything = column.ends((1 << SIZE) - 1)
    numbers = [number for number, _position in pairs]
    assert everything == ((min(numbers), max(numbers)) if numbers else None)


def test_tokens_come_back_and_do_not_depend_on_order() -> None:
    tokens = [
        Token("type", "3"),
        Token("option", "Color", "Moss\tgreen\nlight"),
        Token("number", "7", number_text(Decimal("3.500"))),
    ]
    text = write_tokens(tokens)
    assert text == write_tokens([*reversed(tokens), tokens[0]])
    assert [read_token(line) for line in text.splitlines()] == [
        Token("number", "7", "3.5"),
        Token("option", "Color", "Moss green light"),
        Token("type", "3"),
    ]


@pytest.mark.parametrize(("number", "text"), [("100", "100"), ("1E+3", "1000"), ("0.10", "0.1")])
def test_a_number_has_one_spelling(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


FACETS = (
    Facet("glaze", "Glaze", "values", values={"oat": FacetValue("oat", "Oat", 1)}),
    Facet("volume", "Volume", "number"),
    Facet("safe", "Safe", "flag"),
)


def test_an_address_is_read_and_written_in_one_way() -> None:
    lists = {
        "glaze": ["oat", "gone"],
        "volume_max": [" 2,50 "],
        "safe": ["1"],
        "in_stock": ["1"],
        "sort": ["name"],
        "utm_source": ["mail"],
    }
    filters = read_filters(Parameters(lists), FACETS, query="a & b")
    assert filters == Filters(
        values={"glaze": ("oat",)},
        ranges={"volume": (None, Decimal("2.5"))},
        flags=frozenset({"safe", "in_stock"}),
        order=ProductOrder.NAME,
        query="a & b",
    )
    address = "?q=a+%26+b&glaze=oat&volume_max=2.5&in_stock=1&safe=1&sort=name"
    assert filters.encoded() == address
    assert filters.encoded(page="2") == f"{address}&page=2"
    assert filters.without_any().encoded() == "?q=a+%26+b&sort=name"
    assert Filters().encoded() == "?"


def test_a_group_of_no_use_has_all_its_options_one_press_away() -> None:
    def group(*counts: int, selected: int | None = None) -> Group:
        options = (
            Option(f"o{place}", f"O{place}", count, place == selected)
            for place, count in enumerate(counts)
        )
        return Group("glaze", "Glaze", "values", options=tuple(options))

    for one, at_once, more in (
        (group(0, 0, 0), 0, 3),
        (group(0, 2, 0), 3, 0),
        (group(0, 0, selected=1), 2, 0),
        (group(*[1] * 10), 8, 2),
        (group(*[0] * 10), 0, 10),
    ):
        assert (len(one.first_options), len(one.more_options)) == (at_once, more)
        assert one.is_more_open is False
