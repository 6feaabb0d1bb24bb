"""Finds orders by parts of their words: number, name, e-mail and SKU, or what is in them."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import connections
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from orders.models import Order, OrderLine
from orders.search_index import SHORTEST, has_sqlite_index
from shopsite.lib.text import plain_line

MAX_LENGTH = 100
MAX_WORDS = 6
IN_ORDERS = ("number", "name", "email")
IN_LINES = ("sku",)
OF_PRODUCTS = ("sku", "title")
FEW = 1_000


def with_words(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those that have every word somewhere, whatever its case. Asks the database for each word."""
    words = plain_line(typed, MAX_LENGTH).split()[:MAX_WORDS]
    for word in dict.fromkeys(words):
        orders = _narrowed(orders, word, in_orders=IN_ORDERS, in_lines=IN_LINES)
    return orders


def with_product(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those with a line that has these words, as they stand, in its title or SKU. Asks the database
    for them."""
    return _narrowed(orders, plain_line(typed, MAX_LENGTH), in_lines=OF_PRODUCTS)


def count_up_to(orders: QuerySet[Order], most: int) -> int:
    """How many there are; `most` + 1 if there are more, which is as far as the database counts."""
    return orders.order_by()[: most + 1].count()


def _narrowed(
    orders: QuerySet[Order], part: str, *, in_lines: Sequence[str], in_orders: Sequence[str] = ()
) -> QuerySet[Order]:
    """What few orders have is found by its index. What many have is met soon enough by whoever
    reads on from order to order, as a list does: finding all of them would cost far more."""
    is_indexed = has_sqlite_index(connections[orders.db])
    lines = _rows(OrderLine, in_lines, part, is_indexed=is_indexed)
    keys = set(lines.values_list("order_id", flat=True).distinct()[: FEW + 1])
    if in_orders and len(keys) <= FEW:
        found = _rows(Order, in_orders, part, is_indexed=is_indexed)
        keys |= set(found.values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return orders.filter(pk__in=keys)
    has_it: Q | Exists = Exists(
        OrderLine.objects.filter(_has(in_lines, part), order=OuterRef("pk"))
    )
    return orders.filter(_has(in_orders, part) | has_it if in_orders else has_it)


def _has(columns: Sequence[str], part: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": part}) for column in columns))


def _rows(model: type[Model], columns: Sequence[str], part: str, *, is_indexed: bool) -> QuerySet:
    """PostgreSQL answers the comparison from its own index."""
    rows = model._default_manager.order_by()
    if is_indexed and len(part) >= SHORTEST:
        return rows.filter(pk__in=_indexed(model._meta.db_table, columns, part))
    return rows.filter(_has(columns, part))


def _indexed(table: str, columns: Sequence[str], part: str) -> RawSQL:
    phrase = part.replace('"', '""')  # In which nothing is an operator.
    found = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 - ours
    match = f'{{{" ".join(columns)}}} : "{phrase}"'
    return RawSQL(found, (match,))  # noqa: S611 - what was typed is a parameter
