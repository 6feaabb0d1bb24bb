from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from products.models import PriceChange, ProductVariant
from products.price_rules import check_price
from products.prices import change_price
from tests.factories import make_product, make_user


def ledger(variant: ProductVariant) -> list[Decimal]:
    return list(variant.price_changes.order_by("pk").values_list("price", flat=True))


@pytest.mark.django_db
def test_a_change_writes_the_price_and_its_row_of_the_ledger() -> None:
    olga = make_user("olga")
    variant = make_product(price="24.00")
    row = change_price(variant=variant, price=Decimal("31.50"), user=olga)
    assert variant.price == Decimal("31.50")
    assert ProductVariant.objects.get().price == Decimal("31.50")
    assert (row.variant, row.price, row.user) == (variant, Decimal("31.50"), olga)
    assert ledger(variant) == [Decimal("31.500")]


@pytest.mark.django_db
def test_the_same_price_again_adds_no_row() -> None:
    variant = make_product(price="24.00")
    assert change_price(variant=variant, price=Decimal(24), user=None) is None
    assert ledger(variant) == []


@pytest.mark.django_db
def test_an_old_object_is_compared_with_the_database_and_writes_nothing_else() -> None:
    variant = make_product(price="24.00", sku="OLD")
    stale = ProductVariant.objects.get()
    ProductVariant.objects.update(price=Decimal(30), sku="NEW")
    change_price(variant=stale, price=Decimal("24.00"), user=None)
    variant.refresh_from_db()
    assert (variant.price, variant.sku) == (Decimal("24.000"), "NEW")
    assert ledger(variant) == [Decimal("24.000")]


@pytest.mark.django_db
@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity", "1e400", "24.905"])
def test_a_price_that_cannot_be_charged_changes_nothing(price: str) -> None:
    variant = make_product(price="24.00")
    with pytest.raises(ValidationError):
        change_price(variant=variant, price=Decimal(price), user=None)
    assert ProductVariant.objects.get().price == Decimal("24.00")
    assert not PriceChange.objects.exists()


@pytest.mark.parametrize(
    ("currency", "price", "is_charged"),
    [
        ("EUR", "0.01", True),
        ("EUR", "0.001", False),
        ("EUR", "999999999", True),
        ("EUR", "1000000000", False),
        ("JPY", "1200", True),
        ("JPY", "1200.50", False),
        ("KWD", "1.250", True),
        ("KWD", "1.255", False),
        ("ISK", "5", True),
        ("ISK", "5.50", False),
    ],
)
def test_a_price_has_the_steps_of_its_currency(currency: str, price: str, is_charged: bool) -> None:
    with override_settings(SHOP_CURRENCY=currency):
        if is_charged:
            assert check_price(Decimal(price)) is None  # type: ignore[func-returns-value]
        else:
            with pytest.raises(ValidationError):
                check_price(Decimal(price))
