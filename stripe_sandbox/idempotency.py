"""Idempotency keys: the first answer to a key is the answer to it for a day."""

import hashlib
import json
from dataclasses import dataclass

from stripe_sandbox.errors import ApiError
from stripe_sandbox.storage import Records

KEPT_FOR = 24 * 3600
LONGEST_KEY = 255


@dataclass(frozen=True)
class StoredAnswer:
    """What the first request with a key was answered."""

    status: int
    body: str
    request_id: str


def fingerprint(method: str, path: str, pairs: list[tuple[str, str]]) -> str:
    """Equal for two requests that ask for the same thing, whatever the order of parameters."""
    asked = json.dumps([method, path, sorted(pairs)])
    return hashlib.sha256(asked.encode()).hexdigest()


def reserve_key(
    records: Records, *, key: str, asked: str, now: float, request_id: str
) -> StoredAnswer | None:
    """Marks ``key`` as under way, or returns the answer it already has.

    Raises ApiError: 400 when the key was first used for something else, 409 while another request
    with it is under way. Commit before the work begins, so that the other request can see it.
    """
    if len(key) > LONGEST_KEY:
        raise ApiError(f"Idempotency keys can have at most {LONGEST_KEY} characters.", stored=False)
    forget_old_keys(records, now)
    row = records.connection.execute(
        "SELECT fingerprint, status, body, request_id FROM idempotency_key WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        records.connection.execute(
            "INSERT INTO idempotency_key (key, fingerprint, created_at, request_id)"
            " VALUES (?, ?, ?, ?)",
            (key, asked, now, request_id),
        )
        return None
    if row["fingerprint"] != asked:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were "
            f"first used with. Try using a key other than '{key}' if you meant to execute a "
            "different request.",
            kind="idempotency_error",
            stored=False,
        )
    if row["status"] is None:
        raise ApiError(
            "There is currently another in-progress request using this Idempotent Key (that "
            "probably means you submitted twice, and the other request is still going through): "
            f"{key}. Please try again later.",
            status=409,
            kind="idempotency_error",
            code="idempotency_key_in_use",
            stored=False,
        )
    return StoredAnswer(row["status"], row["body"], row["request_id"])


def store_answer(records: Records, *, key: str, status: int, body: str) -> None:
    """Remembers the answer. With a success it belongs to the transaction of the work itself."""
    records.connection.execute(
        "UPDATE idempotency_key SET status = ?, body = ? WHERE key = ?", (status, body, key)
    )


def release_key(records: Records, key: str) -> None:
    """Forgets a request that failed validation, so that the key can be used again."""
    records.connection.execute("DELETE FROM idempotency_key WHERE key = ?", (key,))


def forget_old_keys(records: Records, now: float) -> None:
    """Drops keys that are a day old."""
    records.connection.execute(
        "DELETE FROM idempotency_key WHERE created_at <= ?", (now - KEPT_FOR,)
    )


def forget_unfinished_keys(records: Records) -> None:
    """At a start: whatever was under way when the last run ended was rolled back."""
    records.connection.execute("DELETE FROM idempotency_key WHERE status IS NULL")
