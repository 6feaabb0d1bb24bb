"""People who bought this also bought: from paid orders, and only what can be bought now."""

import pytest
from django.test import Client

from home.models import HomePage
from orders.models import Order, OrderLine
from orders.recommendations import bought_together
from orders.status import OrderStatus
from products.models import ProductPage, StockRecord
from tests.factories import make_order, make_product_page


@pytest.fixture
def pages(site: HomePage) -> dict[str, ProductPage]:
    return {name: make_product_page(name, sku=name) for name in ("MUG", "POT", "TIN", "TRAY")}


def order_of(
    pages: dict[str, ProductPage], *names: str, status: OrderStatus = OrderStatus.PAID
) -> Order:
    variants = [pages[name].product.variants.get() for name in names]
    order = make_order(variant=variants[0], status=status)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, variant=variant, sku=variant.sku, title=variant.sku, quantity=1,
            unit_price=1, line_total=1, line_tax=0,
        )
        for variant in variants[1:]
    )  # fmt: skip
    return order


def titles(pages: dict[str, ProductPage], *names: str) -> list[str]:
    ids = [pages[name].product_id for name in names]
    return [card.title for card in bought_together(ids)]


def test_what_is_bought_together_most_often_comes_first(pages: dict[str, ProductPage]) -> None:
    order_of(pages, "MUG", "POT")
    order_of(pages, "MUG", "TIN", "POT")
    order_of(pages, "TRAY", "TIN")
    assert titles(pages, "MUG") == ["POT", "TIN"]
    assert titles(pages, "TRAY") == ["TIN"]


def test_for_a_cart_what_is_in_it_is_not_named(pages: dict[str, ProductPage]) -> None:
    order_of(pages, "MUG", "POT", "TIN")
    order_of(pages, "POT", "TRAY", "TIN")
    assert titles(pages, "MUG", "POT") == ["TIN", "TRAY"]


def test_unpaid_orders_say_nothing(pages: dict[str, ProductPage]) -> None:
    for status in (OrderStatus.AWAITING_PAYMENT, OrderStatus.EXPIRED, OrderStatus.CANCELED):
        order_of(pages, "MUG", "POT", status=status)
    assert titles(pages, "MUG") == []


def test_what_cannot_be_bought_is_not_suggested(pages: dict[str, ProductPage]) -> None:
    order_of(pages, "MUG", "POT", "TIN", "TRAY")
    pages["POT"].unpublish()
    StockRecord.objects.filter(variant__sku="TIN").update(on_hand=0)
    assert titles(pages, "MUG") == ["TRAY"]


def test_a_product_deleted_since_is_passed_over(pages: dict[str, ProductPage]) -> None:
    order_of(pages, "MUG", "POT", "TIN")
    pages["POT"].product.delete()
    assert titles(pages, "MUG") == ["TIN"]


def test_nothing_bought_asks_nothing(site: HomePage, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert bought_together([]) == []


def test_the_number_of_queries_does_not_grow(
    pages: dict[str, ProductPage], django_assert_num_queries
) -> None:
    order_of(pages, "MUG", "POT")
    titles(pages, "MUG")  # The first time looks up where the site's pages begin.
    with django_assert_num_queries(6):
        titles(pages, "MUG")
    for _number in range(5):
        order_of(pages, "MUG", "POT", "TIN", "TRAY")
    with django_assert_num_queries(6):
        assert titles(pages, "MUG") == ["POT", "TIN", "TRAY"]


def test_product_page_and_cart_show_them(pages: dict[str, ProductPage], client: Client) -> None:
    assert "Bought together" not in client.get("/shop/mug/").content.decode()
    order_of(pages, "MUG", "POT", "TIN")
    assert "Bought together" in client.get("/shop/mug/").content.decode()
    client.post("/cart/add/", {"sku": "MUG"}, HTTP_SEC_FETCH_SITE="same-origin")
    response = client.get("/cart/")
    assert [card.title for card in response.context["related"]] == ["POT", "TIN"]
    assert "Goes well with it" in response.content.decode()


def test_one_alone_is_not_worth_a_section(pages: dict[str, ProductPage], client: Client) -> None:
    order_of(pages, "MUG", "POT")
    assert titles(pages, "MUG") == ["POT"]
    assert "Bought together" not in client.get("/shop/mug/").content.decode()
    client.post("/cart/add/", {"sku": "MUG"}, HTTP_SEC_FETCH_SITE="same-origin")
    assert "Goes well with it" not in client.get("/cart/").content.decode()
