"""What lets the desk find a part of a word among a hundred thousand orders: an index of trigrams,
three letters each. The database keeps it, so that no way of writing an order can forget it.

PostgreSQL has it as an extension, SQLite as a table of its own that triggers fill. Without either
(an old SQLite, a server that refuses the extension) the same search reads every order.
"""

import logging
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

SHORTEST = 3  # Letters of what it can find.
# The tables that are searched, with what is indexed of each row.
INDEXED = {
    "orders_order": ("number", "name", "email"),
    "orders_orderline": ("sku", "title"),
}


def prepare_search(*, using: str, **_signal: object) -> None:
    """Makes what is missing of it. Runs after every `migrate`: where SQLite has to make a table
    anew to change it, its triggers are gone, and what was missed meanwhile is read again."""
    connection = connections[using]
    try:
        with transaction.atomic(using=using):
            if connection.vendor == "postgresql":
                _prepare_postgresql(connection)
            elif connection.vendor == "sqlite":
                _prepare_sqlite(connection)
    except DatabaseError as error:
        logger.warning("Orders are searched without an index: %s", error)


def has_sqlite_index(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        return len(_triggers(cursor)) == len(INDEXED) * len(EVENTS)


def _prepare_postgresql(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table, columns in INDEXED.items():
            for column in columns:
                # As Django compares without regard to case.
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {table}_{column}_trigrams ON {table}"
                    f" USING gin (UPPER({column}::text) gin_trgm_ops)"
                )


# What follows a row, to keep its words.
EVENTS = {
    "insert": ("AFTER INSERT", ("{add}",)),
    "update": ("AFTER UPDATE OF {columns}", ("{remove}", "{add}")),
    "delete": ("AFTER DELETE", ("{remove}",)),
}
ADD = "INSERT INTO {table}_words(rowid, {columns}) VALUES (new.id, {new});"
REMOVE = (
    "INSERT INTO {table}_words({table}_words, rowid, {columns}) VALUES ('delete', old.id, {old});"
)
READ_ALL = "INSERT INTO {table}_words({table}_words) VALUES ('rebuild')"
MAKE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {table}_words USING fts5({columns},"
    " content='{table}', content_rowid='id', tokenize='trigram')"
)


def _prepare_sqlite(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        known = _triggers(cursor)
        for table, columns in INDEXED.items():
            if all(_trigger(table, event) in known for event in EVENTS):
                continue
            cursor.execute(MAKE.format(table=table, columns=", ".join(columns)))
            for event in EVENTS:
                cursor.execute(_trigger_sql(table, columns, event))
            cursor.execute(READ_ALL.format(table=table))


def _trigger_sql(table: str, columns: tuple[str, ...], event: str) -> str:
    words = {
        "table": table,
        "columns": ", ".join(columns),
        "new": ", ".join(f"new.{column}" for column in columns),
        "old": ", ".join(f"old.{column}" for column in columns),
    }
    words |= {"add": ADD.format(**words), "remove": REMOVE.format(**words)}
    moment, steps = EVENTS[event]
    body = " ".join(steps).format(**words)
    return (
        f"CREATE TRIGGER IF NOT EXISTS {_trigger(table, event)} {moment.format(**words)}"
        f" ON {table} BEGIN {body} END"
    )


def _trigger(table: str, event: str) -> str:
    return f"{table}_words_{event}"


def _triggers(cursor: Any) -> set[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    names = {name for (name,) in cursor.fetchall()}
    return names & {_trigger(table, event) for table in INDEXED for event in EVENTS}
