"""Products by rule: what a Selection finds, and in which order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from home.models import HomePage
from products.listing_entries import refresh_listing
from products.models import Attribute, AttributeChoice, AttributeValue, ProductPage, ProductType
from products.selection import (
    Answer,
    Between,
    OneOf,
    ProductOrder,
    Selection,
    select_pages,
)
from tests.factories import make_product_page

pytestmark = pytest.mark.django_db


def found(selection: Selection) -> list[str]:
    return [page.title for page in select_pages(selection)]


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    page = make_product_page("Mug", price="20.00")
    kind = ProductType.objects.create(name="Mug", code="mug")
    page.product.product_type = kind
    page.product.save()
    page.product.tags.add("gift", "stoneware")
    return page


@pytest.fixture
def bowl(mug: ProductPage) -> ProductPage:
    page = make_product_page("Bowl", price="30.00")
    page.product.tags.add("stoneware")
    return page


def answer(page: ProductPage, attribute: Attribute, **value: object) -> None:
    AttributeValue.objects.create(product=page.product, attribute=attribute, **value)


def test_an_empty_selection_is_every_live_public_product(bowl: ProductPage) -> None:
    make_product_page("Draft", live=False)
    hidden = make_product_page("Hidden")
    hidden.view_restrictions.create(restriction_type="login")
    assert found(Selection()) == ["Bowl", "Mug"]


def test_a_page_whose_product_was_deleted_is_not_found(bowl: ProductPage) -> None:
    bowl.product.delete()
    assert found(Selection()) == ["Mug"]


def test_type_tags_and_price_narrow_down(mug: ProductPage, bowl: ProductPage) -> None:
    kind = ProductType.objects.get()
    tags = dict(mug.product.tags.values_list("name", "pk"))
    assert found(Selection(type_ids=(kind.pk,))) == ["Mug"]
    assert found(Selection(tag_ids=(tags["gift"],))) == ["Mug"]
    assert found(Selection(tag_ids=(tags["gift"], tags["stoneware"]))) == ["Bowl", "Mug"]
    assert found(Selection(price_min=Decimal("20.01"))) == ["Bowl"]
    assert found(Selection(price_max=Decimal("29.99"))) == ["Mug"]
    assert found(Selection(price_min=Decimal(20), price_max=Decimal(30))) == ["Bowl", "Mug"]
    assert found(Selection(type_ids=(kind.pk,), price_min=Decimal(25))) == []


def test_choices_numbers_and_answers_narrow_down(mug: ProductPage, bowl: ProductPage) -> None:
    glaze = Attribute.objects.create(name="Glaze", code="glaze", kind="choice")
    moss, oat = (
        AttributeChoice.objects.create(attribute=glaze, label=label) for label in ("Moss", "Oat")
    )
    volume = Attribute.objects.create(name="Volume", code="volume", kind="number")
    washable = Attribute.objects.create(name="Washable", code="washable", kind="boolean")
    answer(mug, glaze, choice=moss)
    answer(bowl, glaze, choice=oat)
    answer(mug, volume, number=Decimal(300))
    answer(bowl, volume, number=Decimal(500))
    answer(mug, washable, boolean=False)
    answer(bowl, washable, boolean=True)
    assert found(Selection(choices=(OneOf(glaze.pk, (moss.pk,)),))) == ["Mug"]
    assert found(Selection(choices=(OneOf(glaze.pk, (moss.pk, oat.pk)),))) == ["Bowl", "Mug"]
    assert found(Selection(numbers=(Between(volume.pk, minimum=Decimal(301)),))) == ["Bowl"]
    assert found(Selection(numbers=(Between(volume.pk, maximum=Decimal(300)),))) == ["Mug"]
    assert found(Selection(numbers=(Between(volume.pk),))) == ["Bowl", "Mug"]
    assert found(Selection(answers=(Answer(washable.pk, True),))) == ["Bowl"]
    assert found(Selection(answers=(Answer(washable.pk, False),))) == ["Mug"]
    both = Selection(choices=(OneOf(glaze.pk, (moss.pk,)),), answers=(Answer(washable.pk, True),))
    assert found(both) == []


def test_new_counts_from_the_first_publication(mug: ProductPage, bowl: ProductPage) -> None:
    ProductPage.objects.filter(pk=mug.pk).update(
        first_published_at=timezone.now() - timedelta(days=31)
    )
    assert found(Selection(new_within_days=30)) == ["Bowl"]
    assert found(Selection(new_within_days=32)) == ["Bowl", "Mug"]


def test_what_is_sold_out_stands_last_in_every_order(bowl: ProductPage) -> None:
    make_product_page("Almond cup", price="1.00", on_hand=0)
    make_product_page("Éclair plate", price="25.00")
    refresh_listing()
    assert found(Selection()) == ["Éclair plate", "Bowl", "Mug", "Almond cup"]
    by_price = Selection(order=ProductOrder.PRICE_UP)
    assert found(by_price) == ["Mug", "Éclair plate", "Bowl", "Almond cup"]
    assert found(Selection(order=ProductOrder.PRICE_DOWN)) == [
        "Bowl",
        "Éclair plate",
        "Mug",
        "Almond cup",
    ]
    by_name = Selection(order=ProductOrder.NAME)
    assert found(by_name) == ["Bowl", "Éclair plate", "Mug", "Almond cup"]
    assert found(Selection(in_stock=True)) == ["Éclair plate", "Bowl", "Mug"]


def test_a_limit_cuts_off_after_the_order(bowl: ProductPage) -> None:
    assert found(Selection(order=ProductOrder.PRICE_DOWN, limit=1)) == ["Bowl"]


def test_a_selection_is_two_queries_for_any_number_of_products(
    bowl: ProductPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everything = Selection(
        type_ids=(1,),
        tag_ids=(1,),
        choices=(OneOf(1, (1,)),),
        numbers=(Between(1, Decimal(1), Decimal(2)),),
        answers=(Answer(1, True),),
        new_within_days=30,
        in_stock=True,
    )
    with django_assert_num_queries(2):  # One of them asks which pages are private.
        assert found(everything) == []
