"""Finds orders by parts of their words: number, name, e-mail and SKU, or what is in them."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from orders.models import Order, OrderLine
from orders.search_index import SHORTEST, has_sqlite_index
from shopsite.lib.text import plain_line

MAX_LENGTH = 100
MAX_WORDS = 6
IN_ORDERS = ("number", "name", "email")
IN_LINES = ("sku",)
OF_PRODUCTS = ("sku", "title")


def with_words(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those that have every word somewhere, whatever its case."""
    words = plain_line(typed, MAX_LENGTH).split()[:MAX_WORDS]
    is_indexed = _is_indexed(orders)
    for word in dict.fromkeys(words):
        found = _rows(Order, IN_ORDERS, word, is_indexed=is_indexed).values("pk")
        lines = _rows(OrderLine, IN_LINES, word, is_indexed=is_indexed)
        orders = orders.filter(pk__in=found.union(lines.values("order_id")))
    return orders


def with_product(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those with a line that has these words, as they stand, in its title or SKU."""
    words = plain_line(typed, MAX_LENGTH)
    lines = _rows(OrderLine, OF_PRODUCTS, words, is_indexed=_is_indexed(orders))
    return orders.filter(pk__in=lines.values("order_id"))


def _is_indexed(orders: QuerySet[Order]) -> bool:
    return has_sqlite_index(connections[orders.db])


def _rows(model: type[Model], columns: Sequence[str], part: str, *, is_indexed: bool) -> QuerySet:
    """PostgreSQL answers the comparison from its own index."""
    rows = model._default_manager.order_by()
    if is_indexed and len(part) >= SHORTEST:
        return rows.filter(pk__in=_indexed(model._meta.db_table, columns, part))
    return rows.filter(reduce(or_, (Q(**{f"{column}__icontains": part}) for column in columns)))


def _indexed(table: str, columns: Sequence[str], part: str) -> RawSQL:
    phrase = part.replace('"', '""')  # In which nothing is an operator.
    found = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 - ours
    match = f'{{{" ".join(columns)}}} : "{phrase}"'
    return RawSQL(found, (match,))  # noqa: S611 - what was typed is a parameter
