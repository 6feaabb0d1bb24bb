"""Finds orders by parts of their words: number, name, e-mail and SKU, or what is in them."""

from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from orders.models import Order, OrderLine
from orders.search_index import SHORTEST, has_sqlite_index
from shopsite.lib.text import plain_line

MAX_LENGTH = 100
MAX_WORDS = 6
FEW = 1_000  # So many orders are named one by one.
MANY = 25_000  # From more rows on the index costs more than it saves.


class Place(NamedTuple):
    """Where words are looked for."""

    model: type[Model]
    columns: tuple[str, ...]


ORDERS = Place(Order, ("number", "name", "email"))
SKUS = Place(OrderLine, ("sku",))
PRODUCTS = Place(OrderLine, ("sku", "title"))


def with_words(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those that have every word somewhere, whatever its case. Asks the database for each word."""
    words = plain_line(typed, MAX_LENGTH).split()[:MAX_WORDS]
    for word in dict.fromkeys(words):
        orders = orders.filter(_has(word, lines=SKUS, orders=ORDERS))
    return orders


def with_product(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those with a line that has these words, as they stand, in its title or SKU. Asks the database
    for them."""
    return orders.filter(_has(plain_line(typed, MAX_LENGTH), lines=PRODUCTS))


def keys_up_to(orders: QuerySet[Order], most: int) -> list[int]:
    """Their primary keys in their order; `most` + 1 of them if there are more, which is as far as
    the database looks."""
    return list(orders.values_list("pk", flat=True)[: most + 1])


def _has(part: str, *, lines: Place, orders: Place | None = None) -> Q:
    """What some orders have is found by its index. What most have is met soon enough by whoever
    reads on from order to order, as a list does: finding all of them would cost far more."""
    most = max(_count(place, part) for place in (lines, orders) if place)
    if most > MANY:
        in_line = OrderLine.objects.filter(_contains(lines, part), order=OuterRef("pk"))
        return Q(Exists(in_line)) | (_contains(orders, part) if orders else Q())
    of_lines = _rows(lines, part).values_list("order_id", flat=True)
    found = _rows(orders, part).values_list("pk", flat=True) if orders else []
    if most > FEW:
        return Q(pk__in=of_lines) | Q(pk__in=found)
    return Q(pk__in={*of_lines, *found})


def _contains(place: Place, part: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": part}) for column in place.columns))


def _rows(place: Place, part: str) -> QuerySet:
    """PostgreSQL answers the comparison from its own index."""
    rows = place.model._default_manager.order_by()
    if _is_in_sqlite_index(part):
        return rows.filter(pk__in=RawSQL(*_matching(place, part)))  # noqa: S611 - no text of ours  # nosec
    return rows.filter(_contains(place, part))


def _count(place: Place, part: str) -> int:
    """The number of rows with it; no further than tells whether they are few, some or many."""
    if not _is_in_sqlite_index(part):
        return _rows(place, part).values("pk")[: MANY + 1].count()
    found, parameters = _matching(place, part)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({found} LIMIT {MANY + 1})", parameters)  # noqa: S608  # nosec
        [[number]] = cursor.fetchall()
    return int(number)


def _is_in_sqlite_index(part: str) -> bool:
    return len(part) >= SHORTEST and has_sqlite_index(connection)


def _matching(place: Place, part: str) -> tuple[str, tuple[str]]:
    """The keys of the rows, as SQL and its parameters."""
    table = place.model._meta.db_table
    phrase = part.replace('"', '""')  # In which nothing is an operator.
    found = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 - ours  # nosec
    return found, (f'{{{" ".join(place.columns)}}} : "{phrase}"',)
