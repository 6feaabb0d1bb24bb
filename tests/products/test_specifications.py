"""The table of details on the page of a product."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from products.attributes import set_attribute_values
from products.models import Attribute, Product, ProductPage, ProductType, ProductVariant
from products.specifications import Specification, specifications_for, weight_row
from tests.factories import make_product_page, make_variant

pytestmark = pytest.mark.django_db

Kind = Attribute.Kind


def make_type(**attributes: str) -> ProductType:
    product_type = ProductType.objects.create(name="Mug", code="mug")
    for position, (code, kind) in enumerate(attributes.items()):
        attribute = Attribute.objects.create(
            name=code.capitalize(), code=code, kind=kind, sort_order=position
        )
        product_type.attributes.add(attribute)
    return product_type


def describe(product: Product, product_type: ProductType | None, **answers: object) -> None:
    product.product_type = product_type
    product.save()
    attributes = {attribute.code: attribute for attribute in Attribute.objects.all()}
    values = {attributes[code]: answer for code, answer in answers.items()}
    set_attribute_values(product=product, values=values)


def test_the_page_shows_what_its_type_asks_for_in_its_order(client: Client, site: HomePage) -> None:
    page = make_product_page("Mug")
    product_type = make_type(care=Kind.TEXT, capacity=Kind.NUMBER, lid=Kind.BOOLEAN)
    describe(page.product, product_type, capacity=Decimal(350), care="Rinse <b>well</b>", lid=False)
    html = client.get(page.url).content.decode()
    assert html.count('class="specifications__row"') == 3
    assert "Rinse &lt;b&gt;well&lt;/b&gt;" in html
    rows = specifications_for([page.product_id])[page.product_id]
    assert rows == [
        Specification("care", "Care", "Rinse <b>well</b>"),
        Specification("capacity", "Capacity", "350"),
        Specification("lid", "Lid", "No"),
    ]


def test_hidden_attributes_and_those_of_another_type_are_not_shown(site: HomePage) -> None:
    page = make_product_page("Mug")
    product_type = make_type(care=Kind.TEXT, origin=Kind.TEXT)
    Attribute.objects.filter(code="origin").update(is_specification=False)
    Attribute.objects.create(name="Burn time", code="burns", kind=Kind.TEXT)
    describe(page.product, product_type, care="Rinse", origin="Halle", burns="8 h")
    rows = specifications_for([page.product_id])[page.product_id]
    assert [row.code for row in rows] == ["care"]
    describe(page.product, None)
    assert specifications_for([page.product_id]) == {page.product_id: []}


def test_without_details_there_is_no_table(client: Client, site: HomePage) -> None:
    page = make_product_page("Mug")
    html = client.get(page.url).content.decode()
    assert "specifications" not in html
    Product.objects.all().delete()
    assert "specifications" not in client.get(page.url).content.decode()


def test_the_weight_is_a_row_while_all_variants_share_it(client: Client, site: HomePage) -> None:
    page = make_product_page("Mug", sku="MUG-1")
    ProductVariant.objects.update(weight_grams=350)
    assert "350 g" in client.get(page.url).content.decode()
    make_variant(page.product, options=("Large",))
    assert "350 g" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("grams", "label"), [(350, "350 g"), (1000, "1 kg"), (1250, "1.25 kg"), (12_005, "12.005 kg")]
)
def test_a_weight_reads_as_a_person_would_write_it(grams: int, label: str) -> None:
    assert [row.label for row in weight_row(grams)] == [label]
    assert weight_row(None) == []


def test_details_cost_as_many_queries_for_two_products_as_for_forty(site: HomePage) -> None:
    product_type = make_type(care=Kind.TEXT, capacity=Kind.NUMBER, lid=Kind.BOOLEAN)
    for number in range(40):
        page = make_product_page(f"Mug {number}")
        describe(page.product, product_type, care="Rinse", capacity=Decimal(number), lid=True)
    ids = list(ProductPage.objects.values_list("product_id", flat=True))
    for count in (2, 40):
        with CaptureQueriesContext(connection) as queries:
            rows = specifications_for(ids[:count])
            assert [len(one) for one in rows.values()] == [3] * count
        assert len(queries) == 1
