"""The delivery log: which event was sent, how often it was tried, and what came back."""

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
    """One event on its way to the shop. ``state`` is pending, delivered or failed (given up).

    The address is not part of it: what is pending goes to the one that is configured now, so that
    a shop that moved to another port still hears of everything.
    """

    id: int
    event_id: str
    state: str
    attempts: int
    next_attempt_at: float
    give_up_at: float
    log: tuple[DeliveryAttempt, ...] = ()


_COLUMNS = "id, event_id, state, attempts, next_attempt_at, give_up_at"


def enqueue_delivery(records: Records, *, event_id: str, now: float, give_up_at: float) -> None:
    """Plans the first attempt for now. Belongs to the transaction that records the event."""
    records.connection.execute(
        "INSERT INTO delivery (event_id, state, next_attempt_at, give_up_at)"
        " VALUES (?, 'pending', ?, ?)",
        (event_id, now, give_up_at),
    )


def list_due_deliveries(records: Records, now: float) -> list[Delivery]:
    """Pending deliveries whose next attempt is due, the longest waiting first."""
    rows = records.connection.execute(
        f"SELECT {_COLUMNS} FROM delivery WHERE state = 'pending' AND next_attempt_at <= ?"  # noqa: S608
        " ORDER BY next_attempt_at, id",
        (now,),
    )
    return [Delivery(*row) for row in rows]


def next_attempt_at(records: Records) -> float | None:
    """When the earliest pending delivery is due, or None when nothing is pending."""
    row = records.connection.execute(
        "SELECT MIN(next_attempt_at) FROM delivery WHERE state = 'pending'"
    ).fetchone()
    due: float | None = row[0]
    return due


def record_attempt(
    records: Records, delivery: Delivery, *, attempt: DeliveryAttempt, state: str, next_at: float
) -> None:
    """Writes one attempt and what follows from it."""
    records.connection.execute(
        "INSERT INTO delivery_attempt (delivery_id, attempted_at, status, error)"
        " VALUES (?, ?, ?, ?)",
        (delivery.id, attempt.attempted_at, attempt.status, attempt.error),
    )
    records.connection.execute(
        "UPDATE delivery SET state = ?, attempts = attempts + 1, next_attempt_at = ? WHERE id = ?",
        (state, next_at, delivery.id),
    )


def list_deliveries(records: Records, event_id: str | None = None) -> list[Delivery]:
    """Deliveries with their attempts, oldest first; of one event if it is named."""
    where = "" if event_id is None else " WHERE event_id = ?"
    rows = records.connection.execute(
        f"SELECT {_COLUMNS} FROM delivery{where} ORDER BY id",  # noqa: S608
        () if event_id is None else (event_id,),
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
