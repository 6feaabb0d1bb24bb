"""After the storm: everything runs, and time passes until nothing waits any more.

Nobody waits for an hour here. While the workers rest, all moments that the shop looks at are moved
into the past, which is the same to it, and the sandbox's clock is moved ahead.
"""

import time
from collections.abc import Callable

import psycopg

from bin.chaos.faults import Neighborhood
from bin.chaos.records import count_waiting

# The columns by which the shop decides that something's time has come.
MOMENTS = {
    "orders_order": ("expires_at",),
    "orders_paymentattempt": ("expires_at", "created_at", "checked_at"),
    "orders_outgoingemail": ("next_attempt_at", "claimed_until"),
    "orders_refund": ("created_at",),
    "checkout_webhookevent": ("next_attempt_at", "received_at"),
}
# First the reconciler has its turn, then what was not paid ends, then what failed is tried again.
MINUTES = (10, 60, 60, 420, 420)
LONGEST_WAIT = 60.0
QUIET_SECONDS = 7.0  # Beat has come round twice, and nothing moved.


def settle(
    database: str, neighborhood: Neighborhood, *, say: Callable[[str], None]
) -> dict[str, int]:
    """Lets time pass; returns what still waits at the end, by name."""
    waiting: dict[str, int] = {}
    for minutes in MINUTES:
        pass_time(database, neighborhood, minutes)
        neighborhood.worker.wait_for_log(" ready.")
        waiting = wait_until_quiet(database)
        left = ", ".join(f"{count} {name}" for name, count in waiting.items() if count)
        say(f"{minutes} minutes later: {left or 'nothing waits'}.")
        if not left:
            break
    return waiting


def pass_time(database: str, neighborhood: Neighborhood, minutes: int) -> None:
    """As if the workers had slept for so long: what one of them is doing must not grow old in its
    hands, so they end first. Meanwhile Stripe delivers what it still had to."""
    for program in (neighborhood.beat, neighborhood.worker):
        program.stop()
    with psycopg.connect(database) as link:
        for table, columns in MOMENTS.items():
            moved = ", ".join(f"{name} = {name} - interval '{minutes} minutes'" for name in columns)
            link.execute(f"UPDATE {table} SET {moved}")  # noqa: S608 - names of our own
    neighborhood.stripe.pass_time(minutes)
    for program in (neighborhood.worker, neighborhood.beat):
        program.start()


def wait_until_quiet(database: str) -> dict[str, int]:
    """Until nothing waits, or until nothing has changed for a while."""
    deadline = time.monotonic() + LONGEST_WAIT
    changed_at, before = time.monotonic(), {"": -1}
    with psycopg.connect(database, autocommit=True) as link:
        while any((waiting := count_waiting(link)).values()):
            now = time.monotonic()
            if waiting != before:
                changed_at, before = now, waiting
            if now > min(deadline, changed_at + QUIET_SECONDS):
                break
            time.sleep(0.5)
    return waiting
