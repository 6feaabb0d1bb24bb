"""What a product's page says of delivery and returns, in plain words."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from checkout.delivery import headline_of, price_words, way_of
from checkout.models import ShippingMethod
from home.models import HomePage
from orders.models import SellerSettings
from tests.factories import make_product_page


def method(price: str, countries: str = "DE", **fields: object) -> ShippingMethod:
    return ShippingMethod(name="Parcel", price=Decimal(price), countries=countries, **fields)


@pytest.mark.parametrize(
    ("methods", "headline"),
    [
        ([], ""),
        ([method("4.90")], "Delivery to Germany €4.90"),
        ([method("4.90", free_from=Decimal(60))], "Delivery to Germany €4.90, free from €60.00"),
        ([method("0")], "Delivery to Germany free"),
        ([method("12.90"), method("4.90", free_from=Decimal(60))],
         "Delivery to Germany from €4.90, free from €60.00"),
        ([method("4.90"), method("1.00", "FR")], "Delivery to Germany €4.90"),
        ([method("4.90"), method("9.00", "")], "Delivery to Germany from €4.90"),
        ([method("4.90", ""), method("1.00", "FR")], "Delivery to every country €4.90"),
        ([method("9.90", "DE,AT,FR,NL")], "Delivery to 4 countries €9.90"),
        ([method("9.90", "AT,FR")], "Delivery to Austria, France €9.90"),
    ],
)  # fmt: skip
def test_the_headline_is_about_the_place_of_the_first_method(
    methods: list[ShippingMethod], headline: str
) -> None:
    assert headline_of(methods) == headline


def test_each_way_is_told_with_its_price_and_time() -> None:
    way = way_of(method("9.90", "FR", description="Three days."))
    assert (way.name, way.where, way.price, way.time) == (
        "Parcel", "to France", "€9.90", "Three days",
    )  # fmt: skip
    assert price_words(method("0", free_from=Decimal(60))) == "free"


@pytest.mark.django_db
def test_the_page_of_a_product_says_what_staff_has_written(client: Client, site: HomePage) -> None:
    page = make_product_page("Mug", sku="MUG")
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert soup.select_one("#delivery") is None
    ShippingMethod.objects.create(
        name="Parcel", price="4.90", countries="DE", free_from=60, description="By road."
    )
    ShippingMethod.objects.create(name="Pigeon", price="1.00", is_active=False)
    seller = SellerSettings.load()
    seller.delivery_time = "2–4 working days"
    seller.returns_headline = "30 days to return"
    seller.returns_text = "Write <b>first</b>."
    seller.save()
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    promises = [" ".join(one.stripped_strings) for one in soup.select(".product__promises li")]
    assert promises[:2] == [
        ("Delivery to Germany €4.90, free from €60.00 · 2–4 working days Delivery and returns"),
        "30 days to return",
    ]
    terms = " ".join(soup.select_one("#delivery").stripped_strings)
    assert terms == (
        "Delivery and returns Parcel to Germany €4.90, free from €60.00 By road "
        "30 days to return Write <b>first</b>."
    )
