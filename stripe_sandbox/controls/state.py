"""The controls of one sandbox as they are set now. Safe to use from several threads at once."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stripe_sandbox.controls.faults import ApiFault
from stripe_sandbox.controls.profile import PLAIN, DeliveryProfile

_REMEMBERED = 5000


@dataclass(frozen=True)
class RequestRecord:
    """One request to the API, as it came and as it was answered.

    ``status`` is the one of the answer, also of an answer that a ``fault`` kept from arriving; None
    when nothing was done. The key that authorized the request is not kept.
    """

    at: float
    method: str
    path: str
    params: Mapping[str, Any]
    idempotency_key: str | None
    status: int | None
    replayed: bool
    fault: str | None


class Controls:
    """Faults, the profile of deliveries, what to change about the next session, and the requests
    that came. ``changed`` is called after every change of what is delivered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[ApiFault] = []
        self._profile = PLAIN
        self._session_changes: dict[str, Any] = {}
        self._requests: deque[RequestRecord] = deque(maxlen=_REMEMBERED)
        self._cleared = threading.Event()
        self.changed: Callable[[], None] = lambda: None

    def add_fault(self, fault: ApiFault) -> None:
        """Spoils requests from now on; of two faults that fit one, the older goes first."""
        with self._lock:
            self._faults.append(fault)

    def take_fault(self, method: str, path: str) -> ApiFault | None:
        """The fault of this request, which is counted as one of its times."""
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.concerns(method, path):
                    self._faults[place : place + 1] = _left_of(fault)
                    return fault
        return None

    def clear_faults(self) -> None:
        """Takes all faults away, and ends the connections that hang."""
        with self._lock:
            self._faults.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    @property
    def cleared(self) -> threading.Event:
        """Set when the faults of now are taken away."""
        return self._cleared

    @property
    def faults(self) -> list[ApiFault]:
        """Those that wait for a request, the oldest first."""
        with self._lock:
            return list(self._faults)

    @property
    def profile(self) -> DeliveryProfile:
        """How events are delivered now."""
        return self._profile

    def deliver_as(self, profile: DeliveryProfile) -> None:
        """Replaces the whole profile. What was held and is not any more goes out at once."""
        with self._lock:
            self._profile = profile
        self.changed()

    def release(self) -> None:
        """What is held goes out, as the rest of the profile says."""
        self.deliver_as(self.profile.model_copy(update={"hold": False}))

    def take_profile(self, event_type: str) -> DeliveryProfile:
        """The profile of one delivery, which is counted as one of its events."""
        with self._lock:
            profile = self._profile
            if not profile.concerns(event_type):
                return PLAIN
            if profile.events is not None:
                left = profile.events - 1
                self._profile = profile.model_copy(update={"events": left}) if left else PLAIN
            return profile

    def change_next_session(self, changes: Mapping[str, Any]) -> None:
        """Members that the next session gets whatever the shop asked for."""
        with self._lock:
            self._session_changes = dict(changes)

    @property
    def session_changes(self) -> dict[str, Any]:
        """What the next session will have instead."""
        return dict(self._session_changes)

    def take_session_changes(self) -> dict[str, Any]:
        """The changes, for one session only."""
        with self._lock:
            changes, self._session_changes = self._session_changes, {}
        return changes

    def note(self, record: RequestRecord) -> None:
        """Remembers a request; of many only the newest thousands."""
        with self._lock:
            self._requests.append(record)

    @property
    def requests(self) -> list[RequestRecord]:
        """Those to the API since the start or the last reset, oldest first."""
        with self._lock:
            return list(self._requests)

    def reset(self) -> None:
        """As after a start: nothing goes wrong, and no request is remembered."""
        self.clear_faults()
        self.take_session_changes()
        with self._lock:
            self._requests.clear()
        self.deliver_as(PLAIN)


def _left_of(fault: ApiFault) -> list[ApiFault]:
    if fault.times is None:
        return [fault]
    return [fault.model_copy(update={"times": fault.times - 1})] if fault.times > 1 else []
