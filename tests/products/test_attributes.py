"""Typed attributes: what a product's details can say, and what the database refuses."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from products.models import Attribute, AttributeChoice, AttributeValue, Product

Kind = Attribute.Kind


def value_of(kind: str, *, unit: str = "", **answer: object) -> AttributeValue:
    attribute = Attribute(name="Detail", code="detail", kind=kind, unit=unit)
    return AttributeValue(attribute=attribute, **answer)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (value_of(Kind.TEXT, text="Thrown in Halle"), "Thrown in Halle"),
        (value_of(Kind.NUMBER, unit="ml", number=Decimal("350.000")), "350 ml"),
        (value_of(Kind.NUMBER, unit="kg", number=Decimal("1.250")), "1.25 kg"),
        (value_of(Kind.NUMBER, number=Decimal("1200.000")), "1,200"),
        (value_of(Kind.CHOICE, choice=AttributeChoice(label="Stoneware")), "Stoneware"),
        (value_of(Kind.BOOLEAN, boolean=True), "Yes"),
        (value_of(Kind.BOOLEAN, boolean=False), "No"),
    ],
)
def test_a_value_reads_as_a_person_would_write_it(value: AttributeValue, label: str) -> None:
    assert value.label == label


def test_free_text_is_no_filter_and_only_a_number_has_a_unit() -> None:
    with pytest.raises(ValidationError) as refused:
        Attribute(name="Care", code="care", kind=Kind.TEXT, is_facet=True).clean()
    assert list(refused.value.message_dict) == ["is_facet"]
    with pytest.raises(ValidationError) as refused:
        Attribute(name="Care", code="care", kind=Kind.CHOICE, unit="ml").clean()
    assert list(refused.value.message_dict) == ["unit"]


@pytest.mark.django_db
def test_a_product_answers_an_attribute_once_and_never_with_nothing() -> None:
    product = Product.objects.create(name="Mug")
    attribute = Attribute.objects.create(name="Volume", code="volume", kind=Kind.NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributeValue.objects.create(product=product, attribute=attribute)
    AttributeValue.objects.create(product=product, attribute=attribute, number=Decimal(350))
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributeValue.objects.create(product=product, attribute=attribute, number=Decimal(400))
    assert [value.number for value in product.attribute_values.all()] == [Decimal(350)]


@pytest.mark.django_db
def test_tags_stay_with_their_product() -> None:
    mug = Product.objects.create(name="Mug")
    bowl = Product.objects.create(name="Bowl")
    mug.tags.add("gift", "winter")
    bowl.tags.add("gift")
    assert list(Product.objects.filter(tags__name="gift")) == [bowl, mug]
    mug.delete()
    assert list(Product.objects.filter(tags__name="gift")) == [bowl]
