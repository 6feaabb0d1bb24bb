"""What can come between a shopper and a parcel: each state has its own words and its ways on."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from orders.models import Order
from products.models import ProductVariant, StockRecord
from tests.factories import make_product_page
from tests.flows.shopper import Shopper

NOBODY = "http://127.0.0.1:9"
CHANGED = (
    "Something in your cart or a price changed while you were here. "
    "Please check the amount and go on."
)


@pytest.fixture
def ready(shopper: Shopper) -> Shopper:
    make_product_page("Mug", sku="MUG", price="24.00", on_hand=5)
    shopper.add("MUG", 2)
    shopper.client.get("/cart/")
    return shopper


def words_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_an_empty_cart_leads_to_the_shop_and_the_stories(shopper: Shopper) -> None:
    words = words_of(shopper.client.get("/cart/"))
    assert "There is nothing in your cart yet." in words
    assert 'href="/shop/"> Look around' in words or 'href="/shop/">Look around' in words
    assert 'href="/stories/">Read the stories' in words


def test_what_sold_out_meanwhile_is_told_in_the_cart_and_stops_the_checkout(ready: Shopper) -> None:
    form = ready.checkout_form()
    StockRecord.objects.update(on_hand=0)
    for response in (ready.client.get("/checkout/"), ready.send(form)):
        assert response["Location"] == "/cart/"
    words = words_of(ready.client.get("/cart/"))
    assert "Something in your cart changed. Please have a look first." in words
    assert "This is sold out. Please remove it." in words
    assert 'href="/checkout/"' not in words
    assert not Order.objects.exists()


def test_a_price_that_changed_meanwhile_is_agreed_to_again(ready: Shopper) -> None:
    form = ready.checkout_form()
    ProductVariant.objects.update(price="26.50")
    response = ready.send(form)
    words = words_of(response)
    assert CHANGED in words
    assert "€57.90" in words
    assert response.context["form"]["city"].value() == "Berlin"
    assert not Order.objects.exists()
    again = response.context["form"]["quote"].value()
    assert ready.send({**form, "quote": again}).status_code == 303


def test_what_was_paid_meanwhile_is_not_asked_for_again(ready: Shopper) -> None:
    """A shopper paid, did not come back, put more into the cart and stands at the checkout while
    Stripe's word of the payment comes late."""
    paid, session_id = ready.check_out()
    ready.sandbox.pay(session_id)
    make_product_page("Bowl", sku="BOWL", price="10.00", on_hand=5)
    ready.add("BOWL")
    form = ready.checkout_form()
    ready.deliver()
    response = ready.send(form)
    words = words_of(response)
    assert CHANGED in words
    assert "€14.90" in words
    again = response.context["form"]["quote"].value()
    assert ready.send({**form, "quote": again}).status_code == 303
    (line,) = Order.objects.exclude(pk=paid.pk).get().lines.all()
    assert (line.sku, line.quantity) == ("BOWL", 1)


def test_who_orders_again_what_was_paid_meanwhile_comes_to_the_paid_order(ready: Shopper) -> None:
    paid, session_id = ready.check_out()
    form = ready.checkout_form()
    ready.sandbox.pay(session_id)
    ready.deliver()
    assert ready.send(form)["Location"] == f"/orders/{paid.token}/"
    words = words_of(ready.client.get(f"/orders/{paid.token}/"))
    assert "This order has just been paid. Nothing else was ordered." in words
    assert Order.objects.count() == 1
    assert ready.client.get("/checkout/")["Location"] == "/cart/"


def test_coming_back_without_having_paid_keeps_the_cart_and_offers_to_pay(ready: Shopper) -> None:
    order, _session = ready.check_out()
    words = words_of(ready.client.get(f"/checkout/canceled/{order.token}/", follow=True))
    assert "You have not paid. Everything is still in your cart." in words
    assert f"Order {order.number} is waiting for its payment." in words
    assert f'action="/orders/{order.token}/pay/"' in words
    assert "€48.00" in words
    paid_for = ready.client.post(f"/orders/{order.token}/pay/")
    assert paid_for.status_code == 303


def test_a_payment_that_nobody_can_confirm_yet_says_so(ready: Shopper, settings) -> None:
    order, session_id = ready.check_out()
    settings.STRIPE_API_BASE = NOBODY
    response = ready.come_back(order, session_id)
    words = words_of(ready.client.get(response["Location"]))
    assert "Thank you. We are confirming your payment." in words
    assert "you need not pay a second time" in words
    assert "Look again" in words
    assert "Pay now" not in words


def test_an_unreachable_payment_page_keeps_the_order(ready: Shopper, settings) -> None:
    settings.STRIPE_API_BASE = NOBODY
    response = ready.send(ready.checkout_form())
    words = words_of(response)
    assert response.status_code == 503
    assert "We cannot reach the payment page just now" in words
    assert "nothing was charged" in words
    assert f'href="{Order.objects.get().get_absolute_url()}"' in words


def test_a_search_without_a_result_leads_on(shopper: Shopper) -> None:
    words = words_of(shopper.client.get("/search/", {"q": "zzzzqq"}))
    assert "We have found nothing for “zzzzqq”." in words
    assert "Look around the shop" in words


def test_a_wrong_address_offers_a_search_for_its_words(shopper: Shopper) -> None:
    response = shopper.client.get("/shop/blue-teapot/")
    words = words_of(response)
    assert response.status_code == 404
    assert "This shelf is empty" in words
    assert 'value="blue teapot"' in words


def test_a_form_from_elsewhere_leads_to_the_front_page(shopper: Shopper) -> None:
    response = Client().post("/cart/add/", {"sku": "MUG"})
    words = words_of(response)
    assert response.status_code == 403
    assert "This form is no longer valid" in words
    assert 'href="/">To the front page' in words


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("403.html", "This page is not open to you"),
        ("500.html", "Something went wrong on our side"),
    ],
)
def test_the_last_pages_ask_no_database(template: str, heading: str) -> None:
    """They are drawn when nothing else may work: no test database is open here."""
    words = render_to_string(template)
    assert heading in words
    assert 'href="/"' in words
