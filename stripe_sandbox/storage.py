"""One SQLite file: Stripe's objects as JSON documents, deliveries and idempotency keys.

Each transaction has a connection of its own and is BEGIN IMMEDIATE, so two of them never read the
same state and then both write: of two people paying one session, the second sees it paid.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from stripe_sandbox.schema.objects import require_conforming

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    parent TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    private TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS document_kind ON document (kind, parent, seq);
CREATE INDEX IF NOT EXISTS document_open ON document (json_extract(body, '$.expires_at'))
    WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open';
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL REFERENCES document (id),
    endpoint TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at REAL NOT NULL,
    give_up_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, next_attempt_at);
CREATE INDEX IF NOT EXISTS delivery_event ON delivery (event_id);
CREATE TABLE IF NOT EXISTS delivery_attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id INTEGER NOT NULL REFERENCES delivery (id),
    attempted_at REAL NOT NULL,
    status INTEGER,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS delivery_attempt_delivery ON delivery_attempt (delivery_id);
CREATE TABLE IF NOT EXISTS idempotency_key (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    created_at REAL NOT NULL,
    status INTEGER,
    body TEXT,
    request_id TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ahead REAL NOT NULL
);
"""

Document = dict[str, Any]


class Store:
    """The database file. Safe to use from several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            _add_endpoints(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = OFF")  # Survives a kill, if not a power cut.
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def transaction(self) -> Iterator["Records"]:
        """Read and write; committed at the end of the block, rolled back by any exception."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Records(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator["Records"]:
        """Read one consistent state without holding up writers."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield Records(connection)


def _add_endpoints(connection: sqlite3.Connection) -> None:
    """For a file of the time when there was one address alone, whose deliveries were all to it."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info (delivery)")}
    if "endpoint" not in columns:
        connection.execute("ALTER TABLE delivery ADD COLUMN endpoint TEXT NOT NULL DEFAULT ''")


class Records:
    """The documents of one transaction. Each one written is checked against Stripe's types."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def insert(
        self, body: Document, *, parent: str = "", private: Mapping[str, Any] | None = None
    ) -> None:
        """Adds a new object. ``private`` is what Stripe knows of it but does not show."""
        require_conforming(body)
        self.connection.execute(
            "INSERT INTO document (id, kind, parent, body, private) VALUES (?, ?, ?, ?, ?)",
            (body["id"], body["object"], parent, json.dumps(body), json.dumps(dict(private or {}))),
        )

    def save(self, body: Document) -> None:
        """Replaces an object that exists."""
        require_conforming(body)
        self.connection.execute(
            "UPDATE document SET body = ? WHERE id = ?", (json.dumps(body), body["id"])
        )

    def delete(self, identifier: str) -> None:
        """Takes away an object that no other names."""
        self.connection.execute("DELETE FROM document WHERE id = ?", (identifier,))

    def find(self, kind: str, identifier: str) -> Document | None:
        """The object of this kind and id, or None."""
        row = self.connection.execute(
            "SELECT body FROM document WHERE id = ? AND kind = ?", (identifier, kind)
        ).fetchone()
        return None if row is None else json.loads(row["body"])

    def get(self, kind: str, identifier: str) -> Document:
        """The object of this kind and id, which is known to exist."""
        found = self.find(kind, identifier)
        if found is None:
            raise LookupError(f"No {kind} {identifier}.")
        return found

    def private(self, identifier: str) -> dict[str, Any]:
        """What was given as ``private`` when the object was inserted."""
        row = self.connection.execute(
            "SELECT private FROM document WHERE id = ?", (identifier,)
        ).fetchone()
        private: dict[str, Any] = json.loads(row["private"])
        return private

    def list_all(
        self,
        kind: str,
        *,
        parent: str | None = None,
        newest_first: bool = True,
        limit: int = -1,
    ) -> list[Document]:
        """Objects of a kind, or those of one parent, in the order of their making."""
        where = "kind = ?" if parent is None else "kind = ? AND parent = ?"
        order = "DESC" if newest_first else "ASC"
        rows = self.connection.execute(
            f"SELECT body FROM document WHERE {where} ORDER BY seq {order} LIMIT ?",  # noqa: S608  # nosec
            (kind, limit) if parent is None else (kind, parent, limit),
        )
        return [json.loads(row["body"]) for row in rows]

    def next_expiry(self) -> float | None:
        """When the first of the open sessions expires."""
        row = self.connection.execute(
            "SELECT MIN(json_extract(body, '$.expires_at')) FROM document"
            " WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open'"
        ).fetchone()
        moment: float | None = row[0]
        return moment

    def clock_ahead(self) -> float:
        """By how many seconds the sandbox is ahead of the machine."""
        row = self.connection.execute("SELECT ahead FROM clock").fetchone()
        return 0.0 if row is None else float(row[0])

    def save_clock(self, ahead: float) -> None:
        """So that a sandbox that starts again does not fall behind its own past."""
        self.connection.execute("INSERT OR REPLACE INTO clock (id, ahead) VALUES (1, ?)", (ahead,))

    def overdue_sessions(self, now: int) -> list[Document]:
        """Open sessions whose time has passed."""
        rows = self.connection.execute(
            "SELECT body FROM document WHERE kind = 'checkout.session'"
            " AND json_extract(body, '$.status') = 'open'"
            " AND json_extract(body, '$.expires_at') <= ? ORDER BY seq",
            (now,),
        )
        return [json.loads(row["body"]) for row in rows]
