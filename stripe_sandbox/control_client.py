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

    control.advance(3 * 24 * 3600)                         # with every retry and expiry until then
    control.change_next_session(amount_total=1, currency="usd")
    foreign = control.create_foreign_session(1999, reference="1001")
    control.pay(foreign["id"])                             # or a card, or debit=True
    control.settle(payment_intent, succeeds=False)         # the end of a debit
    control.refund(payment_intent, 500, fails=True)
    control.close_dispute(control.dispute(payment_intent)["id"], won=True)
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

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """Events with their ``deliveries``, in the order they happened; of one type if named."""
        query = f"?type={kind}" if kind else ""
        found: list[dict[str, Any]] = self._ask("GET", f"events{query}")["data"]
        return found

    def advance(self, seconds: float) -> None:
        """Lets time pass. Answers when what was due until then was tried."""
        self._ask("POST", "clock/advance", {"seconds": seconds})

    def put_clock_back(self) -> None:
        """The machine's time again."""
        self._ask("POST", "clock/put-back", {})

    def change_next_session(self, **changes: Any) -> None:
        """What the next session is to say, whatever the shop asks for: see ``SessionChanges``."""
        self._ask("POST", "next-session", changes)

    def change_session(self, session_id: str, **changes: Any) -> dict[str, Any]:
        """The same for one that exists; what is sent of it later says so too."""
        return self._ask("POST", f"sessions/{session_id}", changes)

    def create_foreign_session(
        self, amount: int, *, currency: str = "eur", reference: str | None = None
    ) -> dict[str, Any]:
        """A session that the shop never asked for, in minor units."""
        body = {"amount": amount, "currency": currency, "reference": reference}
        return self._ask("POST", "sessions", body)

    def pay(
        self, session_id: str, card: str = "4242424242424242", *, debit: bool = False
    ) -> dict[str, Any]:
        """Pays by card, or by a bank debit; the ``outcome`` is one of ``Outcome``'s values."""
        return self._ask("POST", f"sessions/{session_id}/pay", {"card": card, "debit": debit})

    def settle(self, payment_intent: str, *, succeeds: bool) -> dict[str, Any]:
        """The bank's word about a debit. Answers with its session."""
        return self._ask("POST", f"payments/{payment_intent}/settle", {"succeeds": succeeds})

    def refund(
        self, payment_intent: str, amount: int | None = None, *, fails: bool = False
    ) -> dict[str, Any]:
        """As somebody at the dashboard: ``amount`` minor units, or all that is left."""
        body = {"amount": amount, "fails": fails}
        return self._ask("POST", f"payments/{payment_intent}/refund", body)

    def dispute(self, payment_intent: str) -> dict[str, Any]:
        """The payer's bank wants the money back."""
        return self._ask("POST", f"payments/{payment_intent}/dispute")

    def close_dispute(self, dispute_id: str, *, won: bool) -> dict[str, Any]:
        """The bank decides."""
        return self._ask("POST", f"disputes/{dispute_id}/close", {"won": won})

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
