"""Lets time pass in the sandbox: what would happen meanwhile happens, in its order."""

import time

from stripe_sandbox.sandbox import Sandbox

_PATIENCE = 30.0  # Seconds of the machine, for a shop that answers slowly.


def advance(sandbox: Sandbox, seconds: float) -> None:
    """Moves the clock ahead, from one thing that is due to the next: each failed delivery is tried
    as often as it would have been, and sessions expire between. Waits for the tries, but not for
    ever: what a slow shop has not answered in time comes later."""
    target = sandbox.clock.now() + seconds
    deadline = time.monotonic() + _PATIENCE
    while (due := _next_due(sandbox)) is not None and due <= target:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        sandbox.clock.jump_to(due)
        sandbox.sweep()
        sandbox.dispatcher.settle(left)
    sandbox.clock.jump_to(target)
    sandbox.sweep()
    sandbox.keep_clock()


def put_back(sandbox: Sandbox) -> None:
    """The machine's time again. What happened in the time between keeps its dates."""
    sandbox.clock.put_back()
    sandbox.keep_clock()


def _next_due(sandbox: Sandbox) -> float | None:
    with sandbox.store.reading() as records:
        expiry = records.next_expiry()
    moments = [moment for moment in (sandbox.dispatcher.next_due(), expiry) if moment is not None]
    return min(moments, default=None)
