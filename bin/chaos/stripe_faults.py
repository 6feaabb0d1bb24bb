"""Asks the sandbox to behave as Stripe does on a bad day. The one place that knows how."""

from collections.abc import Callable
from typing import Any

import requests

from bin.chaos.plan import Fault

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
    Fault.EVENTS_REVERSED: {"hold": True},
    Fault.EVENTS_DROPPED: {"drop": True},
}
ASK_SECONDS = 5.0


class StripeFaults:
    """The controls of a running sandbox."""

    def __init__(self, sandbox: str) -> None:
        self._controls = f"{sandbox}/_sandbox"
        self._session = requests.Session()
        self._session.trust_env = False

    def begin(self, fault: Fault) -> Callable[[], None]:
        """Begins the fault; what it returns ends it."""
        if fault in API_FAULTS:
            self._ask("POST", "faults", {"kind": API_FAULTS[fault], "times": None})
            return self._end_api_faults
        self._ask("PUT", "deliveries", DELIVERIES[fault])
        if fault is Fault.EVENTS_REVERSED:
            return lambda: self._ask("PUT", "deliveries", {"order": "reverse"})
        return self._end_delivery_faults

    def clear(self) -> None:
        """Stripe is well again, and delivers what it held back."""
        self._end_api_faults()
        self._end_delivery_faults()

    def _end_api_faults(self) -> None:
        self._ask("DELETE", "faults", None)

    def _end_delivery_faults(self) -> None:
        self._ask("PUT", "deliveries", {})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> None:
        answer = self._session.request(
            method, f"{self._controls}/{path}", json=body, timeout=ASK_SECONDS
        )
        if answer.status_code != 404: answer.raise_for_status()  # XXX
