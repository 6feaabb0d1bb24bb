"""Goods of two rates in one order: cart, checkout, order, Stripe, invoice and mail say the same."""

import re

import pytest
from django.core import mail

from checkout.models import ShippingMethod
from orders.models import Invoice, Order, Payment
from orders.outbox import process_outbox
from orders.taxes import order_tax_shares
from products.models import Product, TaxRate
from tests.factories import make_product_page
from tests.flows.shopper import Shopper

# Of 2 x 24.00 and a parcel at 4.90 with 19 %, and of 3 x 10.70 with 7 %.
EXPECTED = [("19", "€52.90", "€8.45"), ("7", "€32.10", "€2.10")]


@pytest.fixture
def filled(shopper: Shopper) -> Shopper:
    TaxRate.objects.create(tax_class="reduced", percent=7, valid_from="2021-01-01")
    make_product_page("Mug", sku="MUG", price="24", on_hand=5)
    make_product_page("Tea", sku="TEA", price="10.70", on_hand=5)
    Product.objects.filter(name="Tea").update(tax_class="reduced")
    ShippingMethod.objects.update(free_from=None)
    shopper.add("MUG", 2)
    shopper.add("TEA", 3)
    return shopper


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_cart_says_how_much_tax_is_in_the_goods(filled: Shopper) -> None:
    text = words(filled.client.get("/cart/").content.decode())
    assert "Tax included (19 %) €7.66 Tax included (7 %) €2.10" in text


def test_every_place_says_the_same(filled: Shopper) -> None:
    shown = words(filled.client.get("/checkout/").content.decode())
    assert "Tax included (19 %) €8.45 Tax included (7 %) €2.10" in shown
    order, session_id = filled.check_out()
    filled.sandbox.pay(session_id)
    filled.deliver()
    order.refresh_from_db()

    shares = [(s.rate_label, str(s.gross), str(s.tax)) for s in order_tax_shares(order)]
    assert shares == EXPECTED
    assert str(order.total_money) == "€85.00"
    assert filled.sandbox.session(session_id)["amount_total"] == 8500
    assert Payment.objects.get().amount == order.total
    document = Invoice.objects.get().document
    assert document["total"] == "€85.00"
    assert [tuple(line.values()) for line in document["tax_lines"]] == [
        ("VAT 19 %", "€44.45", "€8.45"),
        ("VAT 7 %", "€30.00", "€2.10"),
    ]
    page = words(filled.client.get(order.get_absolute_url()).content.decode())
    assert "Tax included (19 %) €8.45 Tax included (7 %) €2.10" in page
    process_outbox()
    confirmation = next(one for one in mail.outbox if order.email in one.to)
    assert "Tax included (19 %): €8.45" in confirmation.body
    assert "Tax included (7 %): €2.10" in confirmation.body


def test_lines_and_parcel_hold_exactly_the_tax_of_the_order(filled: Shopper) -> None:
    order, _session_id = filled.check_out()
    lines = list(order.lines.order_by("pk"))
    assert [(line.sku, line.tax_rate) for line in lines] == [("MUG", 19), ("TEA", 7)]
    assert [str(order.money(line.line_tax)) for line in lines] == ["€7.66", "€2.10"]
    assert sum(line.line_tax for line in lines) + order.shipping_tax == order.tax_total
    assert order.shipping_tax_rate == 19


def test_an_order_keeps_the_rate_it_was_placed_with(filled: Shopper) -> None:
    filled.check_out()
    TaxRate.objects.update(percent=25)
    order = Order.objects.get()
    assert [share.rate_label for share in order_tax_shares(order)] == ["19", "7"]
