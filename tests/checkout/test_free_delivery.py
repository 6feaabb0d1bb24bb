"""How far a cart is from free delivery, at the edges."""

from decimal import Decimal

import pytest

from checkout.free_delivery import FreeDelivery, free_delivery
from checkout.models import ShippingMethod
from shopsite.lib.money import Money


def method(
    price: str = "4.90", free_from: str | None = "60", countries: str = "DE", name: str = "Parcel"
) -> ShippingMethod:
    threshold = Decimal(free_from) if free_from is not None else None
    return ShippingMethod(name=name, price=Decimal(price), free_from=threshold, countries=countries)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("subtotal", "expected"),
    [
        ("0", FreeDelivery("€60.00 more and delivery to Germany is free.", 0)),
        ("48.00", FreeDelivery("€12.00 more and delivery to Germany is free.", 80)),
        ("59.99", FreeDelivery("€0.01 more and delivery to Germany is free.", 99)),
        ("60.00", FreeDelivery("You have reached free delivery to Germany.", 100)),
        ("60.01", FreeDelivery("You have reached free delivery to Germany.", 100)),
    ],
)
def test_the_words_and_the_bar_are_right_on_both_sides_of_the_sum(
    subtotal: str, expected: FreeDelivery
) -> None:
    assert free_delivery(euros(subtotal), [method()]) == expected
    assert expected.is_reached == (Decimal(subtotal) >= 60)


@pytest.mark.parametrize(
    ("countries", "words"),
    [
        ("", "€12.00 more and delivery to every country is free."),
        ("DE,AT,NL", "€12.00 more and delivery to Germany, Austria, Netherlands is free."),
        ("DE,AT,NL,FR", "€12.00 more and delivery to 4 countries is free."),
    ],
)
def test_the_words_name_the_place(countries: str, words: str) -> None:
    found = free_delivery(euros("48"), [method(countries=countries)])
    assert found is not None
    assert sorted(found.text) == sorted(words)  # The countries' order is the library's.


@pytest.mark.parametrize(
    "methods",
    [
        [],
        [method(free_from=None)],
        [method(price="0")],
        [method(free_from="0")],
        [method(), method(price="0", free_from=None)],
        [method(), method(price="0", free_from=None, countries="")],
    ],
)
def test_nothing_is_promised_where_nothing_can_be_won(methods: list[ShippingMethod]) -> None:
    assert free_delivery(euros("48"), methods) is None


def test_free_pick_up_in_another_country_leaves_the_promise() -> None:
    elsewhere = method(price="0", free_from=None, countries="AT")
    found = free_delivery(euros("48"), [elsewhere, method(), method(free_from="50", name="Slow")])
    assert found == FreeDelivery("€12.00 more and delivery to Germany is free.", 80)


def test_a_method_for_every_country_is_not_free_because_one_for_some_is() -> None:
    elsewhere = method(price="0", free_from=None, countries="AT")
    found = free_delivery(euros("48"), [method(countries=""), elsewhere])
    assert found == FreeDelivery("€12.00 more and delivery to every country is free.", 80)
