"""What an announced reduction is shown beside, and when there is none."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from products.cards import product_cards
from products.listing_entries import refresh_listing
from products.models import PriceChange, ProductPage, ProductVariant
from products.offers import offers_for_skus
from products.prices import change_price, end_reduction
from products.reductions import PriceStart, lowest_price_before, reference_price
from tests.factories import make_product, make_product_page, make_variant

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def lowest(*history: tuple[str, timedelta], current: str = "90") -> Decimal:
    """The lowest price before NOW; each price with how long ago it began."""
    starts = [PriceStart(Decimal(price), NOW - ago) for price, ago in history]
    return lowest_price_before(NOW, current=Decimal(current), history=starts)


# --- The rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cheap_ended", "expected"),
    [(days(30), "90"), (days(30) + SECOND, "90"), (days(30) - SECOND, "60"), (days(1), "60")],
)
def test_a_price_counts_until_it_ended_30_days_ago(cheap_ended: timedelta, expected: str) -> None:
    assert lowest(("60", days(90)), ("90", cheap_ended)) == Decimal(expected)


def test_a_price_that_was_raised_and_lowered_again_leaves_its_lowest() -> None:
    assert lowest(("80", days(60)), ("120", days(20)), ("90", days(10))) == Decimal(80)
    assert lowest(("100", days(60)), ("120", days(20)), ("90", days(10))) == Decimal(90)


def test_the_price_of_now_counts_where_the_ledger_does_not_know_it() -> None:
    assert lowest(current="70") == Decimal(70)
    assert lowest(("90", days(5)), current="70") == Decimal(70)


def test_a_price_that_was_in_effect_for_no_time_does_not_count() -> None:
    assert lowest(("90", days(60)), ("1", days(3)), ("90", days(3))) == Decimal(90)


def test_the_order_in_which_the_ledger_is_read_does_not_matter() -> None:
    assert lowest(("90", days(10)), ("60", days(20)), ("90", days(90))) == Decimal(60)


def test_a_further_step_keeps_the_price_before_the_first() -> None:
    step = {"current": Decimal(80), "lowest": Decimal(80)}
    assert reference_price(price=Decimal(70), running=Decimal(100), **step) == Decimal(100)
    assert reference_price(price=Decimal(70), running=None, **step) == Decimal(80)


@pytest.mark.parametrize(
    ("price", "running"), [("80", None), ("85", None), ("85", "100"), ("80", "100")]
)
def test_what_is_not_lower_is_no_reduction(price: str, running: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        reference_price(
            price=Decimal(price),
            current=Decimal(80),
            running=Decimal(running) if running else None,
            lowest=Decimal(80),
        )
    assert caught.value.messages == [
        (
            "This is no reduction: the lowest price of the last 30 days was €80.00. Enter a lower "
            "price, or do not announce it."
        )
    ]


# --- Changes of a price ------------------------------------------------------------------------


@pytest.fixture
def variant(db: None) -> ProductVariant:
    """For sale at 100 since long ago."""
    variant = make_product(sku="POT", price="100")
    with time_machine.travel(NOW - days(90), tick=False):
        PriceChange.objects.create(variant=variant, price=100)
    return variant


def change(variant: ProductVariant, price: str, *, ago: int = 0, announce: bool = True) -> None:
    with time_machine.travel(NOW - days(ago), tick=False):
        change_price(variant=variant, price=Decimal(price), user=None, announce_reduction=announce)


def stored(variant: ProductVariant) -> tuple[Decimal, Decimal | None]:
    variant.refresh_from_db()
    return variant.price, variant.reference_price


def test_an_announced_reduction_keeps_the_lowest_price_before_it(variant: ProductVariant) -> None:
    change(variant, "120", ago=20, announce=False)
    change(variant, "90")
    assert stored(variant) == (Decimal(90), Decimal(100))
    row = variant.price_changes.first()
    assert row is not None
    assert (row.price, row.reference_price) == (Decimal(90), Decimal(100))


def test_several_steps_in_a_row_keep_the_first_price_also_after_more_than_30_days(
    variant: ProductVariant,
) -> None:
    change(variant, "90", ago=50)
    change(variant, "80", ago=40)
    change(variant, "70")
    assert stored(variant) == (Decimal(70), Decimal(100))


def test_a_plain_change_ends_the_reduction_and_the_next_one_starts_anew(
    variant: ProductVariant,
) -> None:
    change(variant, "80", ago=20)
    change(variant, "85", ago=10, announce=False)
    assert stored(variant) == (Decimal(85), None)
    change(variant, "70")
    assert stored(variant) == (Decimal(70), Decimal(80))


def test_a_higher_price_is_announced_as_no_reduction_and_nothing_is_written(
    variant: ProductVariant,
) -> None:
    change(variant, "80", ago=5)
    with pytest.raises(ValidationError, match="was €80"):
        change(variant, "90")
    assert stored(variant) == (Decimal(80), Decimal(100))
    assert variant.price_changes.count() == 2


def test_the_same_price_announced_again_changes_nothing(variant: ProductVariant) -> None:
    change(variant, "80", ago=5)
    change(variant, "80")
    change(variant, "80", announce=False)
    assert stored(variant) == (Decimal(80), Decimal(100))
    assert variant.price_changes.count() == 2


def test_a_reduction_can_end_with_the_price_kept(variant: ProductVariant) -> None:
    assert end_reduction(variant=variant, user=None) is None
    change(variant, "80", ago=5)
    assert end_reduction(variant=variant, user=None) is not None
    assert stored(variant) == (Decimal(80), None)
    assert [row.reference_price for row in variant.price_changes.all()] == [
        None, Decimal(100), None,
    ]  # fmt: skip


def test_the_database_keeps_no_reduction_that_is_none(variant: ProductVariant) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVariant.objects.update(reference_price=100)
    assert stored(variant) == (Decimal(100), None)


# --- What shoppers see -------------------------------------------------------------------------


@pytest.fixture
def pot(site: object) -> ProductPage:
    return make_product_page("Pot", sku="POT", price="84.00", picture=True)


def reduce(sku: str, price: str) -> None:
    variant = ProductVariant.objects.get(sku=sku)
    change_price(variant=variant, price=Decimal(price), user=None, announce_reduction=True)


def test_the_page_says_in_words_what_the_price_is_reduced_from(
    pot: ProductPage, client: Client
) -> None:
    reduce("POT", "67.20")
    html = client.get(pot.url).content.decode()
    words = "Lowest price of the last 30 days before:"
    assert f'{words} <s class="price__former numeric">€84.00</s>' in html
    assert str(offers_for_skus(["POT"])["POT"].former_price) == "€84.00"


def test_a_card_shows_the_former_price_of_its_lowest_price_alone(pot: ProductPage) -> None:
    make_variant(pot.product, sku="POT-L", price="99.00", options=("Large",))
    reduce("POT-L", "90.00")
    [card] = product_cards([pot])
    assert (str(card.price_from), card.former_price) == ("€84.00", None)
    reduce("POT-L", "80.00")
    [card] = product_cards([pot])
    assert (str(card.price_from), str(card.former_price)) == ("€80.00", "€99.00")


def test_two_variants_at_one_price_show_no_former_price_unless_both_have_it(
    pot: ProductPage,
) -> None:
    make_variant(pot.product, sku="POT-L", price="99.00", options=("Large",))
    reduce("POT-L", "84.00")
    [card] = product_cards([pot])
    assert (str(card.price_from), card.former_price) == ("€84.00", None)


def test_lists_can_be_narrowed_down_to_what_is_reduced(pot: ProductPage, client: Client) -> None:
    make_product_page("Mug", sku="MUG")
    reduce("POT", "67.20")
    refresh_listing()
    found = client.get("/shop/?reduced=1").context["listing"]
    assert [card.title for card in found.cards] == ["Pot"]
    assert [chip.label for chip in found.chips] == ["Reduced"]
    end_reduction(variant=ProductVariant.objects.get(sku="POT"), user=None)
    refresh_listing()
    groups = client.get("/shop/").context["listing"].groups
    assert "reduced" not in [group.code for group in groups]
