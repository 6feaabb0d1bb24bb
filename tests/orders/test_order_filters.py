"""What the list of orders is narrowed to, exactly, and what a wrong filter says."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from orders.models import Order, OrderLine
from orders.order_search import with_product, with_words
from orders.search_index import has_sqlite_index, prepare_search
from tests.factories import make_order
from tests.orders.desk import INDEX, desk, listed, place

pytestmark = pytest.mark.django_db


def make_orders() -> None:
    """C3 is the newest, dearest and from France; B2 has a bowl."""
    place("A1", datetime(2026, 5, 1, 23, 30, tzinfo=UTC), unit_price="10.00", shipping="0")
    bowl = place("B2", datetime(2026, 5, 2, 12, tzinfo=UTC), unit_price="24.90", shipping="0")
    bowl.lines.update(sku="BOWL-7", title="Moss bowl")
    place("C3", datetime(2026, 5, 3, 12, tzinfo=UTC), unit_price="300", shipping="0", country="FR")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"placed_from": "2026-05-02"}, ["C3", "B2"]),
        ({"placed_to": "2026-05-02"}, ["B2", "A1"]),
        ({"placed_from": "2026-05-02", "placed_to": "2026-05-02"}, ["B2"]),
        ({"placed_from": "2026-05-04"}, []),
        ({"country": "FR"}, ["C3"]),
        ({"country": "DE"}, ["B2", "A1"]),
        ({"product": "BOWL-7"}, ["B2"]),
        ({"product": "bowl"}, ["B2"]),
        ({"product": "oss bo"}, ["B2"]),
        ({"product": "bowl moss"}, []),
        ({"product": "mug"}, ["C3", "A1"]),
        ({"product": "L-"}, ["B2"]),
        ({"product": '"* OR'}, []),
        ({"product": "%"}, []),
        ({"sum_from": "24.90"}, ["C3", "B2"]),
        ({"sum_to": "24.90"}, ["B2", "A1"]),
        ({"sum_from": "24.91", "sum_to": "299.99"}, []),
        ({"sum_from": "0", "sum_to": "0"}, []),
        ({"placed_from": "", "country": "", "sum_to": ""}, ["C3", "B2", "A1"]),
        ({"country": "DE", "product": "mug", "sum_to": "50", "q": "a1"}, ["A1"]),
        ({"country": "DE", "status": "paid"}, []),
    ],
)
def test_each_filter_finds_exactly_its_orders(
    clerk: Client, query: dict[str, str], found: list[str]
) -> None:
    make_orders()
    assert listed(desk(clerk, **query)) == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"placed_from": "2026-05-03", "placed_to": "2026-05-01"}, "before the first one."),
        ({"placed_from": "yesterday"}, "This is no day. Write it like 2026-11-30."),
        ({"placed_to": "2026-02-30"}, "This is no day."),
        ({"placed_to": "9999-12-31"}, "This is no day."),
        ({"placed_from": "0001-01-01"}, "This is no day."),
        ({"sum_from": "ten"}, "This is no amount. Write it like 24.90."),
        ({"sum_to": "NaN"}, "This is no amount."),
        ({"sum_to": "1e400"}, "Ensure that there are no more than 14 digits"),
        ({"sum_from": "-1"}, "greater than or equal to 0"),
        ({"sum_from": "20", "sum_to": "10"}, "The upper sum is less than the lower one."),
        ({"country": "XX"}, "not one of the available choices"),
        ({"product": "x" * 101}, "at most 100 characters"),
        ({"product": "a\x00b"}, "Null characters are not allowed."),
        ({"product": "a\x1bb"}, "This holds signs that no product has."),
    ],
)
def test_a_filter_that_is_wrong_says_so_and_finds_nothing(
    clerk: Client, query: dict[str, str], words: str
) -> None:
    make_orders()
    html = desk(clerk, **query)
    assert words in html
    assert listed(html) == []
    export = clerk.get(reverse(INDEX), {**query, "export": "csv"})
    assert len(b"".join(export.streaming_content).decode().splitlines()) == 1


def test_what_is_wrong_is_told_with_its_field(clerk: Client) -> None:
    html = desk(clerk, sum_from="ten")
    assert 'aria-describedby="id_sum_from_error"' in html
    assert html.count('id="id_sum_from_error"') == 1


def test_filters_are_kept_by_search_pages_links_and_each_other(clerk: Client) -> None:
    make_orders()
    html = desk(clerk, country="DE", status="awaiting_payment", q="alice", o="-4")
    assert '<input type="hidden" name="country" value="DE">' in html  # Of the search.
    assert '<input type="hidden" name="status" value="awaiting_payment">' in html
    assert '<input type="hidden" name="q" value="alice">' in html  # Of the filters.
    assert "country=DE&amp;o=-4&amp;q=alice&amp;status=paid" in html.replace("%20", " ")
    assert '<option value="DE" selected>Germany</option>' in html
    assert "Italy" not in html


def test_what_is_typed_into_a_filter_is_no_markup(clerk: Client) -> None:
    evil = '"><script>alert(1)</script>'
    html = desk(clerk, product=evil, sum_from=evil, placed_from=evil)
    assert evil not in html
    assert escape(evil) in html


# --- The index of words -----------------------------------------------------------------------

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own")


@only_sqlite
def test_the_index_follows_every_way_of_writing_an_order() -> None:
    assert has_sqlite_index(connection)
    order = make_order(number="F100", name="Zoë Ångström", email="zoe@example.com")
    OrderLine.objects.bulk_create(
        [OrderLine(order=order, sku="BOWL-7", title="Moss bowl", quantity=1, unit_price=1,
                   line_total=1, line_tax=0)]
    )  # fmt: skip
    for words in ("f100", "ZOË", "ångström", "e@ex", "bowl-7", "zoë bowl"):
        assert list(with_words(Order.objects.all(), words)) == [order]
    assert list(with_words(Order.objects.all(), "moss")) == []
    assert list(with_product(Order.objects.all(), "MOSS")) == [order]
    Order.objects.update(name="Bob Brown")
    OrderLine.objects.filter(sku="BOWL-7").update(sku="CUP-1", title="Cup")
    assert list(with_words(Order.objects.all(), "zoë")) == []
    assert list(with_words(Order.objects.all(), "brown cup-1")) == [order]
    order.delete()
    assert list(with_words(Order.objects.all(), "brown")) == []
    with connection.cursor() as cursor:
        for table in ("orders_order", "orders_orderline"):
            cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('integrity-check')")


@only_sqlite
def test_what_was_written_without_the_index_is_read_when_it_is_made_again() -> None:
    first = make_order(name="Ada Arnold")
    with connection.cursor() as cursor:
        # As when SQLite makes a table anew to change it.
        cursor.execute("DROP TRIGGER orders_order_words_insert")
        cursor.execute("DROP TRIGGER orders_order_words_update")
        cursor.execute("DROP TRIGGER orders_order_words_delete")
    second = make_order(name="Ben Arnold")
    assert not has_sqlite_index(connection)
    assert set(with_words(Order.objects.all(), "arnold")) == {first, second}  # By reading all.
    prepare_search(using="default")
    assert has_sqlite_index(connection)
    assert set(with_words(Order.objects.all(), "arnold")) == {first, second}
    prepare_search(using="default")
    assert list(with_words(Order.objects.all(), "ben arnold")) == [second]
