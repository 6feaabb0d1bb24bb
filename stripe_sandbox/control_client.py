"""A sandbox's controls from Python, over HTTP: for a test of another process as for one of this.

    control = ControlClient("http://127.0.0.1:12111")      # or ``sandbox.control`` of a test

    control.fail("server_error_stored", "POST /v1/checkout/sessions")   # the next one
    control.fail("hang", "*/expire", times=3)                           # the next three
    control.fail("rate_limit", times=None)                              # all, until
    control.clear_faults()

    control.deliver(hold=True)                             # events wait ...
    control.deliver(order="reverse")                       # ... and now go out backwards
    control.deliver(copies=5, at_once=True)                # each five times at the same moment
    control.deliver(types="checkout.session.*", drop=True, events=1)    # the next one gets lost
    control.deliver(delay=0.5, signature="two_secrets")
    control.deliver()                                      # plainly again
    control.resend(event_id)                               # now; gives the statuses that came back
    control.reset()

``fail`` takes the members of ``ApiFault`` and ``deliver`` those of ``DeliveryProfile``; each
``deliver`` replaces the whole profile. What the sandbox refuses is a ControlRefused.
"""

from typing import Any

import requests

_PATIENCE = 60.0


class ControlRefused(Exception):
    """The sandbox cannot do this; the message says why."""


class ControlClient:
    """The controls of the sandbox at ``base_url``."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")

    def fail(
        self, kind: str, endpoint: str = "*", *, times: int | None = 1, seconds: float = 0.0
    ) -> None:
        """Spoils the next requests to an endpoint; ``times`` None is until ``clear_faults``."""
        fault = {"kind": kind, "endpoint": endpoint, "times": times, "seconds": seconds}
        self._ask("POST", "faults", fault)

    def clear_faults(self) -> None:
        """The API works again, and connections that hang end."""
        self._ask("DELETE", "faults")

    def deliver(self, **profile: Any) -> None:
        """How events are delivered from now on; without arguments plainly."""
        self._ask("POST", "deliveries", profile)

    def release(self) -> None:
        """What is held goes out, in the order and as often as the profile says."""
        self._ask("POST", "deliveries/release")

    def resend(self, event_id: str) -> list[int | None]:
        """Posts an event now. The status of each copy, None where no answer came."""
        attempts = self._ask("POST", f"events/{event_id}/resend")["attempts"]
        return [attempt["status"] for attempt in attempts]

    def requests(self, path: str = "") -> list[dict[str, Any]]:
        """What came to the API, oldest first; of one path if it is named."""
        records: list[dict[str, Any]] = self._ask("GET", "requests")["data"]
        return [record for record in records if path in {"", record["path"]}]

    def state(self) -> dict[str, Any]:
        """Everything that is set, and what waits to be delivered."""
        return self._ask("GET", "state")

    def reset(self) -> None:
        """As after a start."""
        self._ask("POST", "reset")

    def _ask(self, method: str, name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False  # A proxy of the environment leads away from this machine.
            answer = session.request(
                method, f"{self._base_url}/_sandbox/{name}", json=body, timeout=_PATIENCE
            )
        members: dict[str, Any] = answer.json()
        if not answer.ok:
            raise ControlRefused(members["error"])
        return members
