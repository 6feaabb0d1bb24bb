"""The delivery log: which event was sent, how often it was tried, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stripe_sandbox.storage import Records

PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"


@dataclass(frozen=True)
class DeliveryAttempt:
    """One POST. ``status`` is None when no answer came; ``error`` then says why."""

    attempted_at: float
    status: int | None
    error: str


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one endpoint. ``state`` is pending, delivered or failed (given up).
    ``attempts`` counts tries; one that posts several copies has several entries in the ``log``.

    ``endpoint`` is an id or ``GIVEN`` (``subscriptions``). The address is not part of it: what is
    pending goes to the one that the endpoint has when it is due.
    """

    id: int
    event_id: str
    event_type: str
    endpoint: str
    state: str
    attempts: int
    next_attempt_at: float
    give_up_at: float
    log: tuple[DeliveryAttempt, ...] = ()


_SELECT = (
    "SELECT delivery.id, event_id, json_extract(body, '$.type'), endpoint, state, attempts,"
    " next_attempt_at, give_up_at FROM delivery JOIN document ON document.id = event_id"
)


def enqueue_deliveries(
    records: Records,
    *,
    event_id: str,
    endpoints: Sequence[str],
    now: float,
    give_up_at: float,
) -> None:
    """Plans the first attempts for now. Belongs to the transaction that records the event."""
    records.connection.executemany(
        "INSERT INTO delivery (event_id, endpoint, state, next_attempt_at, give_up_at)"
        " VALUES (?, ?, 'pending', ?, ?)",
        [(event_id, endpoint, now, give_up_at) for endpoint in endpoints],
    )


def list_pending_deliveries(records: Records) -> list[Delivery]:
    """What was not accepted yet, the longest waiting first."""
    rows = records.connection.execute(
        f"{_SELECT} WHERE state = 'pending' ORDER BY next_attempt_at, delivery.id"
    )
    return [Delivery(*row) for row in rows]


def record_attempts(
    records: Records,
    delivery: Delivery,
    *,
    attempts: Sequence[DeliveryAttempt],
    state: str,
    next_at: float,
) -> None:
    """Writes one try, of one or several copies, and what follows from it."""
    records.connection.executemany(
        "INSERT INTO delivery_attempt (delivery_id, attempted_at, status, error)"
        " VALUES (?, ?, ?, ?)",
        [(delivery.id, one.attempted_at, one.status, one.error) for one in attempts],
    )
    records.connection.execute(
        "UPDATE delivery SET state = ?, attempts = attempts + 1, next_attempt_at = ? WHERE id = ?",
        (state, next_at, delivery.id),
    )


def list_deliveries(records: Records, event_id: str | None = None) -> list[Delivery]:
    """Deliveries with their attempts, oldest first; of one event if it is named."""
    where = "" if event_id is None else " WHERE event_id = ?"
    rows = records.connection.execute(
        f"{_SELECT}{where} ORDER BY delivery.id", () if event_id is None else (event_id,)
    )
    return [replace(Delivery(*row), log=_attempts(records, row["id"])) for row in rows]


def _attempts(records: Records, delivery_id: int) -> tuple[DeliveryAttempt, ...]:
    rows = records.connection.execute(
        "SELECT attempted_at, status, error FROM delivery_attempt WHERE delivery_id = ?"
        " ORDER BY id",
        (delivery_id,),
    )
    return tuple(DeliveryAttempt(*row) for row in rows)


def count_undelivered(records: Records, event_id: str) -> int:
    """How many deliveries of the event were not accepted yet."""
    row = records.connection.execute(
        "SELECT COUNT(*) FROM delivery WHERE event_id = ? AND state <> 'delivered'", (event_id,)
    ).fetchone()
    return int(row[0])
