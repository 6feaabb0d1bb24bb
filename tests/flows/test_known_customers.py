"""A customer who is logged in finds the checkout filled in, with addresses of their own alone."""

import pytest
from django.test import Client
from django.utils import timezone

from orders.models import Order
from orders.status import OrderStatus
from tests.customers.coming_back import ALICE, BOB, log_in
from tests.factories import make_order, make_product_page
from tests.flows.shopper import Shopper

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture
def old_order(shopper: Shopper) -> Order:
    """Of Alice, who has a mug in the cart and is logged in."""
    make_product_page(sku="MUG")
    order = make_paid(note="By the gate", city="Potsdam")
    shopper.add("MUG")
    log_in(shopper.client)
    return order


def make_paid(**fields: object) -> Order:
    return make_order(status=OrderStatus.PAID, paid_at=timezone.now(), **fields)


def filled_in(client: Client, address: str = "") -> dict[str, str]:
    response = client.get("/checkout/", {"address": address} if address else {})
    assert response.status_code == 200
    return response.context["form"].initial


def test_the_latest_address_is_filled_in(shopper: Shopper, old_order: Order) -> None:
    initial = filled_in(shopper.client)
    assert initial["email"] == ALICE
    assert initial["name"] == "Alice Arnold"
    assert initial["city"] == "Potsdam"
    assert initial["note"] == ""


def test_another_of_the_addresses_can_be_chosen(shopper: Shopper, old_order: Order) -> None:
    make_paid(city="Leipzig")
    html = shopper.client.get("/checkout/").content.decode()
    assert "Potsdam" in html
    assert "Leipzig" in html
    assert filled_in(shopper.client)["city"] == "Leipzig"
    assert filled_in(shopper.client, str(old_order.pk))["city"] == "Potsdam"
    assert "city" not in filled_in(shopper.client, "new")
    assert filled_in(shopper.client, "new")["email"] == ALICE


@pytest.mark.parametrize("key", ["theirs", "0", "-1", "abc", "²", "9" * 40, "1 OR 1=1"])
def test_nobody_s_else_address_can_be_chosen(shopper: Shopper, old_order: Order, key: str) -> None:
    theirs = make_order(email=BOB, city="Secretville", address_line1="Hidden Lane 1")
    wanted = str(theirs.pk) if key == "theirs" else key
    response = shopper.client.get("/checkout/", {"address": wanted})
    assert response.context["form"].initial["city"] == "Potsdam"
    assert "Secretville" not in response.content.decode()


def test_who_is_not_logged_in_finds_nothing_and_is_told_how(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    order = make_order(status=OrderStatus.PAID, city="Potsdam")
    shopper.add("MUG")
    html = shopper.client.get("/checkout/", {"address": str(order.pk)}).content.decode()
    assert "Potsdam" not in html
    assert 'href="/account/log-in/?next=checkout"' in html


def test_the_open_order_of_the_cart_comes_first(shopper: Shopper, old_order: Order) -> None:
    order, _session = shopper.check_out(city="Bremen")
    assert filled_in(shopper.client)["city"] == "Bremen"
    assert filled_in(shopper.client, str(old_order.pk))["city"] == "Potsdam"
    assert order.language == "en-us"


def test_what_was_typed_stays_when_the_delivery_options_are_asked_for(
    shopper: Shopper, old_order: Order
) -> None:
    form = {**shopper.checkout_form(city="Bremen"), "update": "1"}
    response = shopper.client.post("/checkout/", form)
    assert response.context["form"].initial["city"] == "Bremen"


def test_a_guest_s_order_is_in_the_account_that_is_opened_later(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    order = shopper.buy("MUG")
    response = shopper.client.post(f"{order.get_absolute_url()}account/")
    assert response.url == "/account/log-in/sent/"
    log_in(shopper.client)
    assert order.number in shopper.client.get("/account/").content.decode()
