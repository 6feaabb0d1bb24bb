"""What the database refuses, whoever asks: the net under every service."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from products.models import Product, ProductVariant, StockRecord
from tests.factories import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"on_hand": -1, "allocated": -1}, "products_stock_"),
        ({"allocated": -1}, "products_stock_allocated_not_negative"),
        ({"allocated": 11}, "products_stock_never_oversold"),
        ({"on_hand": 3, "allocated": 4}, "products_stock_never_oversold"),
        ({"on_hand": F("on_hand") - 11}, "products_stock_"),
    ],
)
def test_stock_is_never_negative_and_never_oversold(
    values: dict[str, object], constraint: str
) -> None:
    record = make_product(on_hand=10).stock
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StockRecord.objects.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    assert (record.on_hand, record.allocated) == (10, 0)


@pytest.mark.parametrize("price", ["0", "-5"])
def test_a_price_is_above_zero(price: str) -> None:
    variant = make_product(price="24.00")
    with pytest.raises(IntegrityError, match="price_above_zero"), transaction.atomic():
        ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal(price))
    assert ProductVariant.objects.get().price == Decimal("24.00")


def test_a_sku_belongs_to_one_variant() -> None:
    make_product(sku="MUG-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_product(sku="MUG-1")
    assert ProductVariant.objects.count() == 1


def test_two_variants_of_a_product_differ_in_their_options() -> None:
    bowl = Product.objects.create(name="Bowl", option1_name="Color")
    make_variant(bowl, options=("Blue",))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_variant(bowl, options=("Blue",))
    make_variant(Product.objects.create(name="Cup", option1_name="Color"), options=("Blue",))
    assert ProductVariant.objects.count() == 2


def test_a_variant_has_one_stock_record() -> None:
    variant = make_product()
    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.create(variant=variant)
    assert StockRecord.objects.count() == 1
