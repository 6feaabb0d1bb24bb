"""Makes one try of a delivery, and decides what follows from it."""

import logging
from collections.abc import Callable, Sequence

from stripe_sandbox.clock import VirtualClock
from stripe_sandbox.controls.profile import DeliveryProfile
from stripe_sandbox.deliveries import (
    DELIVERED,
    FAILED,
    PENDING,
    Delivery,
    DeliveryAttempt,
    record_attempts,
)
from stripe_sandbox.posting import Target, post_copies
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Document, Store
from stripe_sandbox.subscriptions import find_target

logger = logging.getLogger("stripe_sandbox")


def retry_delay(attempts: int, settings: Settings) -> float:
    """Seconds to wait after so many failed attempts: the base doubled each time, up to a limit."""
    return float(min(settings.retry_base * 2 ** min(attempts - 1, 30), settings.retry_limit))


class Courier:
    """Posts what it is given to the endpoint it is meant for. Safe to use from several threads."""

    def __init__(self, store: Store, settings: Settings, clock: VirtualClock) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def deliver(
        self, delivery: Delivery, profile: DeliveryProfile, is_stopping: Callable[[], bool]
    ) -> list[DeliveryAttempt]:
        """One try, written down unless the sandbox began to stop meanwhile. What an endpoint waits
        for that was disabled or deleted is given up when it is due, and not before: one that is
        enabled again by then still gets it."""
        with self._store.reading() as records:
            event = records.get("event", delivery.event_id)
            target = find_target(records, self._settings, delivery.endpoint)
        at = self._clock.now()
        hindrance = _find_hindrance(target, profile)
        if target is None or hindrance:
            attempts = [DeliveryAttempt(at, None, hindrance)]
        else:
            signed_at = self._clock.machine.now()
            attempts = post_copies(event, target, now=signed_at, at=at, profile=profile)
        if not is_stopping():
            given_up = (FAILED, at)
            judgment = given_up if hindrance else self._judge(delivery, attempts)
            self._record(event, delivery, attempts, judgment)
        return attempts

    def _record(
        self,
        event: Document,
        delivery: Delivery,
        attempts: Sequence[DeliveryAttempt],
        judgment: tuple[str, float],
    ) -> None:
        state, next_at = judgment
        with self._store.transaction() as records:
            record_attempts(records, delivery, attempts=attempts, state=state, next_at=next_at)
        outcome = ", ".join(str(one.status or one.error) for one in attempts)
        note = "" if state == DELIVERED else f"({state})"
        logger.info("%s %s -> %s %s", event["type"], event["id"], outcome, note)

    def _judge(self, delivery: Delivery, attempts: Sequence[DeliveryAttempt]) -> tuple[str, float]:
        now = self._clock.now()
        if any(attempt.error == "" for attempt in attempts):
            return DELIVERED, now
        next_at = now + retry_delay(delivery.attempts + 1, self._settings)
        return (PENDING if next_at <= delivery.give_up_at else FAILED), next_at


def _find_hindrance(target: Target | None, profile: DeliveryProfile) -> str:
    """Why nothing is posted, in words for the log; empty when it is."""
    if target is None:
        return "The endpoint is disabled or deleted."
    return "Dropped by the sandbox." if profile.drop else ""
