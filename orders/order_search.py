"""Finds orders by parts of their number, name, e-mail or an SKU."""

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from orders.models import Order, OrderLine
from orders.search_index import INDEXED, SHORTEST, has_sqlite_index
from shopsite.lib.text import plain_line

MAX_LENGTH = 100
MAX_WORDS = 6


def with_words(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those that have every word somewhere, whatever its case."""
    words = plain_line(typed, MAX_LENGTH).split()[:MAX_WORDS]
    is_indexed = bool(words) and has_sqlite_index(connections[orders.db])
    for word in dict.fromkeys(words):
        by_order, by_line = (
            _in_index(word) if is_indexed and len(word) >= SHORTEST else _in_tables(word)
        )
        ids = by_order.union(by_line)
        orders = orders.filter(pk__in=ids)
    return orders


def _in_tables(word: str) -> tuple[QuerySet, QuerySet]:
    """PostgreSQL answers these from its own index."""
    columns = [Q(**{f"{column}__icontains": word}) for column in INDEXED["orders_order"]]
    orders = Order.objects.filter(Q(*columns, _connector=Q.OR))
    lines = OrderLine.objects.filter(sku__icontains=word)
    return orders.order_by().values("pk"), lines.order_by().values("order_id")


def _in_index(word: str) -> tuple[QuerySet, QuerySet]:
    orders = Order.objects.filter(pk__in=_rows("orders_order", word))
    lines = OrderLine.objects.filter(pk__in=_rows("orders_orderline", word))
    return orders.order_by().values("pk"), lines.order_by().values("order_id")


def _rows(table: str, word: str) -> RawSQL:
    quoted = '"{}"'.format(word.replace('"', '""'))  # A phrase, in which nothing is an operator.
    found = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 - ours
    return RawSQL(found, (quoted,))  # noqa: S611 - the word is a parameter
