"""Asks the sandbox to behave as Stripe does on a bad day. The one place that knows how."""

from collections.abc import Callable
from typing import Any

from bin.chaos.kinds import Fault
from stripe_sandbox.control_client import ControlClient

API_FAULTS = {
    Fault.STRIPE_500: "server_error",
    Fault.STRIPE_429: "rate_limit",
    Fault.STRIPE_REFUSES: "refuse",
    Fault.STRIPE_HANGS: "hang",
    Fault.STRIPE_CUT_AFTER: "cut",
}
DELIVERIES: dict[Fault, dict[str, Any]] = {
    Fault.EVENTS_DELAYED: {"delay": 3.0},
    Fault.EVENTS_TWICE: {"copies": 2, "at_once": True},
    Fault.EVENTS_REVERSED: {"hold": True, "order": "reverse"},
    Fault.EVENTS_DROPPED: {"drop": True},
}


class StripeFaults:
    """The controls of a running sandbox. What it is asked for holds until it is ended."""

    def __init__(self, sandbox: str) -> None:
        self._controls = ControlClient(sandbox)

    def begin(self, fault: Fault) -> Callable[[], None]:
        """Begins the fault; what it returns ends it."""
        if fault in API_FAULTS:
            self._controls.fail(API_FAULTS[fault], times=None)
            return self._controls.clear_faults
        self._controls.deliver(**DELIVERIES[fault])
        if DELIVERIES[fault].get("hold"):
            return self._controls.release
        return self._controls.deliver

    def clear(self) -> None:
        """Stripe is well again, and delivers what it held back."""
        self._controls.reset()

    def pass_time(self, minutes: int) -> None:
        """Moves the sandbox's clock: sessions end, and what was not delivered is tried again."""
        self._controls.advance(minutes * 60.0)
