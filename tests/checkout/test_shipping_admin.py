"""The staff keeps the shipping methods; everybody else does not see them."""

from decimal import Decimal

import pytest
from django.test import Client

from checkout.models import ShippingMethod
from checkout.shipping import shipping_choices
from home.granting import create_roles
from home.models import HomePage
from shopsite.lib.money import Money
from tests.factories import make_user

URL = "/admin/shippingmethod/"


@pytest.fixture
def clerk(site: HomePage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group="Shop staff"))
    return client


def form(**changes: object) -> dict[str, object]:
    return {
        "name": "Parcel",
        "description": "Two days.",
        "countries": ["DE", "AT"],
        "price": "4.90",
        "free_from": "60",
        "is_active": "on",
        **changes,
    }


def test_the_clerk_adds_a_method_and_the_checkout_offers_it(clerk: Client) -> None:
    response = clerk.post(f"{URL}new/", form())
    assert response.status_code == 302, response.context["form"].errors
    method = ShippingMethod.objects.get()
    assert (method.price, method.free_from) == (Decimal("4.90"), Decimal(60))
    cheap, dear = Money(Decimal(20), "EUR"), Money(Decimal(60), "EUR")
    assert [str(one.price) for one in shipping_choices(country="AT", subtotal=cheap)] == ["€4.90"]
    assert [str(one.price) for one in shipping_choices(country="AT", subtotal=dear)] == ["€0.00"]
    assert shipping_choices(country="FR", subtotal=cheap) == []


@pytest.mark.parametrize("price", ["-1", "NaN", "1e400", "", "free"])
def test_a_price_that_is_none_is_an_error_at_its_field(clerk: Client, price: str) -> None:
    response = clerk.post(f"{URL}new/", form(price=price))
    assert set(response.context["form"].errors) == {"price"}
    assert not ShippingMethod.objects.exists()


def test_the_list_says_where_to_and_for_how_much(clerk: Client) -> None:
    ShippingMethod.objects.create(name="World", price="19.90")
    ShippingMethod.objects.create(name="Pick-up", price="0", countries=["DE"], is_active=False)
    html = clerk.get(URL).content.decode()
    for words in ("World", "Every country", "€19.90", "Pick-up", "Germany", "Free"):
        assert words in html


@pytest.mark.parametrize("group", ["Editors", "Marketers"])
def test_others_do_not_reach_them(clerk: Client, group: str) -> None:
    other = Client()
    other.force_login(make_user("other", group=group))
    assert other.get(URL).status_code == 302
    assert other.post(f"{URL}new/", form()).status_code == 302
    assert not ShippingMethod.objects.exists()
