"""A search finds the same by its index and by reading on, and says where its list ends."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders import order_search
from orders.models import Order, OrderLine
from orders.order_desk import found_paginator
from orders.order_search import keys_up_to, with_product, with_words
from tests.orders.desk import desk, listed, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def _orders() -> None:
    for number, name in (("K1", "Ada Arnold"), ("K2", "Ben Adams"), ("K3", "Cleo Bell")):
        order = place(number, datetime(2026, 5, int(number[1]), tzinfo=UTC), name=name)
        order.lines.update(sku=f"MUG-{number}", title="Speckled mug")
    Order.objects.get(number="K3").lines.update(sku="ADA-9", title="Moss bowl")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ada", ["K1", "K2", "K3"]),
        ("ada ben", ["K2"]),
        ("mug-k", ["K1", "K2"]),
        ("100%", []),
        ("k3 bowl", []),
    ],
)
@pytest.mark.parametrize(("few", "many"), [(0, 0), (0, 9), (1, 9), (1000, 9)])
@pytest.mark.usefixtures("_orders")
def test_words_are_found_whether_few_orders_have_them_or_many(
    monkeypatch: pytest.MonkeyPatch, typed: str, found: list[str], few: int, many: int
) -> None:
    monkeypatch.setattr(order_search, "FEW", few)
    monkeypatch.setattr(order_search, "MANY", many)
    orders = with_words(Order.objects.order_by("number"), typed)
    assert list(orders.values_list("number", flat=True)) == found


@pytest.mark.parametrize(("typed", "found"), [("speckled", ["K1", "K2"]), ("moss bowl", ["K3"])])
@pytest.mark.parametrize(("few", "many"), [(0, 0), (0, 9), (1, 9), (1000, 9)])
@pytest.mark.usefixtures("_orders")
def test_products_are_found_whether_few_orders_have_them_or_many(
    monkeypatch: pytest.MonkeyPatch, typed: str, found: list[str], few: int, many: int
) -> None:
    monkeypatch.setattr(order_search, "FEW", few)
    monkeypatch.setattr(order_search, "MANY", many)
    orders = with_product(Order.objects.order_by("number"), typed)
    assert list(orders.values_list("number", flat=True)) == found


@pytest.mark.usefixtures("_orders")
def test_orders_are_counted_and_not_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for order in Order.objects.all():
        OrderLine.objects.bulk_create(copies_of(order.lines.get(), 5))
    monkeypatch.setattr(order_search, "FEW", 4)
    orders = with_product(Order.objects.order_by("number"), "speckled")
    assert list(orders.values_list("number", flat=True)) == ["K1", "K2"]


def copies_of(line: OrderLine, times: int) -> list[OrderLine]:
    values = {**OrderLine.objects.filter(pk=line.pk).values().get(), "id": None}
    return [OrderLine(**values) for _number in range(times)]


@pytest.mark.parametrize(
    ("few", "many", "way"), [(9, 9, "keys"), (1, 9, "index"), (1, 1, "every order")]
)
@pytest.mark.usefixtures("_orders")
def test_the_way_of_finding_follows_how_many_have_the_word(
    monkeypatch: pytest.MonkeyPatch, few: int, many: int, way: str
) -> None:
    monkeypatch.setattr(order_search, "FEW", few)
    monkeypatch.setattr(order_search, "MANY", many)
    for found in (
        with_words(Order.objects.order_by("pk"), "ada"),
        with_product(Order.objects.order_by("pk"), "-"),
    ):
        sql = str(found.query)
        assert ("EXISTS" in sql, sql.count("SELECT") > 1) == {
            "keys": (False, False), "index": (False, True), "every order": (True, True),
        }[way]  # fmt: skip
        assert found.count() == 3


@pytest.mark.parametrize(("most", "counted"), [(2, 3), (3, 3), (9, 3)])
@pytest.mark.usefixtures("_orders")
def test_no_more_is_looked_for_than_is_asked_for(most: int, counted: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(keys_up_to(Order.objects.all(), most)) == counted
    assert f"LIMIT {most + 1}" in queries[0]["sql"]


@pytest.mark.usefixtures("_orders")
def test_a_search_that_finds_more_than_is_listed_says_so(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 orders" in desk(clerk, q="ada")
    monkeypatch.setattr(found_paginator, "MOST_FOUND", 2)
    html = desk(clerk, q="ada")
    assert listed(html) == ["K3", "K2"]
    assert "More than 2 orders. A further word, or days, narrow them down." in html
    assert "More than" in desk(clerk, product="-")
    assert "3 orders" in desk(clerk)
