"""The cart beside the page: the same cart, the same forms, for a script alone."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from checkout.models import ShippingMethod
from home.models import HomePage
from products.models import ProductPage, ProductVariant, StockRecord
from tests.factories import make_product_page

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DRAWER = {"HTTP_X_REQUESTED_WITH": "cart-drawer"}


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", price="24.00", on_hand=3)


def add(client: Client, quantity: int = 1) -> None:
    client.post("/cart/add/", {"sku": "MUG", "quantity": quantity}, **SAME_ORIGIN)
    client.get("/cart/")  # Shows the message of adding.


def drawer(client: Client) -> str:
    return client.get("/cart/drawer/", **DRAWER).content.decode()


def change(client: Client, **data: object) -> str:
    response = client.post("/cart/update/", {"sku": "MUG", **data}, **SAME_ORIGIN, **DRAWER)
    assert response.status_code == 200
    return response.content.decode()


def quantity(client: Client) -> int:
    return sum(line.quantity for line in client.get("/cart/").context["cart"].lines)


def test_the_drawer_is_a_part_of_a_page_that_nobody_keeps(client: Client, mug: ProductPage) -> None:
    add(client, 2)
    response = client.get("/cart/drawer/", **DRAWER)
    html = response.content.decode()
    assert "<html" not in html
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "X-Requested-With" in response.headers["Vary"]
    assert "2 items" in html
    assert "€48.00" in html
    assert 'href="/checkout/"' in html


def test_who_opens_the_drawers_address_gets_the_cart(client: Client, mug: ProductPage) -> None:
    response = client.get("/cart/drawer/")
    assert (response.status_code, response["Location"]) == (302, "/cart/")
    assert client.post("/cart/drawer/", **DRAWER).status_code == 405


def test_an_empty_drawer_leads_on_and_leaves_no_session(client: Client, site: HomePage) -> None:
    response = client.get("/cart/drawer/", **DRAWER)
    assert "There is nothing in your cart yet." in response.content.decode()
    assert 'href="/checkout/"' not in response.content.decode()
    assert not response.cookies


def test_a_change_answers_with_the_drawer_and_the_new_badge(
    client: Client, mug: ProductPage
) -> None:
    add(client)
    response = client.post(
        "/cart/update/", {"sku": "MUG", "quantity": "3"}, **SAME_ORIGIN, **DRAWER
    )
    assert "€72.00" in response.content.decode()
    assert response.cookies["cart_count"].value == "3"
    assert quantity(client) == 3


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [(1, "1", 2), (3, "-1", 2), (1, "-1", 1), (99, "1", 99), (2, "5", 2), (2, "x", 2)],
)
def test_a_step_is_one_more_or_one_less_and_never_removes(
    client: Client, mug: ProductPage, before: int, step: str, after: int
) -> None:
    StockRecord.objects.update(on_hand=200)
    add(client)
    change(client, quantity=before, step=step)
    assert quantity(client) == after


def test_steps_end_at_one_and_at_what_there_is(client: Client, mug: ProductPage) -> None:
    add(client)
    assert disabled_steps(drawer(client)) == ["less-MUG"]
    assert disabled_steps(change(client, quantity=2)) == []
    assert disabled_steps(change(client, quantity=3)) == ["more-MUG"]


def disabled_steps(html: str) -> list[str]:
    buttons = [part.split(">")[0] for part in html.split("<button")[1:]]
    return [one.split('id="')[1].split('"')[0] for one in buttons if one.endswith("disabled")]


def test_the_last_line_taken_out_leaves_the_empty_drawer(client: Client, mug: ProductPage) -> None:
    add(client)
    response = client.post("/cart/remove/", {"sku": "MUG"}, **SAME_ORIGIN, **DRAWER)
    html = response.content.decode()
    assert "Removed from your cart." in html
    assert "There is nothing in your cart yet." in html
    assert response.cookies["cart_count"].value == ""
    assert not list(get_messages(client.get("/cart/").wsgi_request))


def test_a_wrong_quantity_is_told_in_the_drawer(client: Client, mug: ProductPage) -> None:
    add(client, 2)
    html = change(client, quantity="many")
    assert "Please enter a whole number from 0 to 99." in html
    assert quantity(client) == 2


def test_without_the_scripts_header_a_change_leads_to_the_cart(
    client: Client, mug: ProductPage
) -> None:
    add(client)
    data = {"sku": "MUG", "quantity": "2", "step": "1"}
    response = client.post("/cart/update/", data, **SAME_ORIGIN)
    assert (response.status_code, response["Location"]) == (302, "/cart/")
    assert quantity(client) == 3


def test_the_drawer_takes_no_post_from_elsewhere(client: Client, mug: ProductPage) -> None:
    add(client, 2)
    response = client.post("/cart/update/", {"sku": "MUG", "quantity": "1"}, **DRAWER)
    assert response.status_code == 403
    assert quantity(client) == 2


def test_what_is_missing_for_free_delivery_is_told_on_both(
    client: Client, mug: ProductPage
) -> None:
    ShippingMethod.objects.create(name="Parcel", price="4.90", free_from="60", countries=["DE"])
    add(client, 2)
    words = "€12.00 more and delivery to Germany is free."
    assert words in drawer(client)
    assert words in client.get("/cart/").content.decode()
    assert "You have reached free delivery to Germany." in change(client, quantity=3)
    StockRecord.objects.update(on_hand=0)
    assert "free delivery" not in drawer(client)  # Nothing is promised for what cannot be bought.


def test_sold_out_and_a_new_price_are_told_in_the_drawer(client: Client, mug: ProductPage) -> None:
    add(client, 2)
    ProductVariant.objects.update(price="26.50")
    html = drawer(client)
    assert "The price of Mug changed from €24.00 to €26.50 since you added it." in html
    StockRecord.objects.update(on_hand=0)
    html = drawer(client)
    assert "This is sold out. Please remove it." in html
    assert 'href="/checkout/"' not in html


def test_pages_that_show_the_cart_itself_have_no_drawer(client: Client, mug: ProductPage) -> None:
    ShippingMethod.objects.create(name="Parcel", price="4.90")
    add(client)
    pages = (("/", True), ("/shop/", True), ("/cart/", False), ("/checkout/", False))
    for url, has_drawer in pages:
        html = client.get(url).content.decode()
        assert html.count('<cart-drawer class="site-header__cart">') == int(has_drawer), url
        assert '<a class="site-header__tool"\n' in html
