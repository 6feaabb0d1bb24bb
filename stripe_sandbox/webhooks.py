"""Delivers events: when, in which order, how often, and again after a failure."""

import logging
import queue
import random
import threading
import time

from stripe_sandbox.clock import VirtualClock
from stripe_sandbox.controls.profile import DeliveryProfile
from stripe_sandbox.controls.state import Controls
from stripe_sandbox.deliveries import (
    DELIVERED,
    FAILED,
    PENDING,
    Delivery,
    DeliveryAttempt,
    find_delivery,
    list_deliveries,
    list_pending_deliveries,
    record_attempts,
)
from stripe_sandbox.posting import post_copies
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Store

logger = logging.getLogger("stripe_sandbox")

_WORKERS = 4
_PATIENCE_AT_STOP = 0.5

# What one worker does one after the other.
Job = list[tuple[Delivery, DeliveryProfile]]


def retry_delay(attempts: int, settings: Settings) -> float:
    """Seconds to wait after so many failed attempts: the base doubled each time, up to a limit."""
    return float(min(settings.retry_base * 2 ** min(attempts - 1, 30), settings.retry_limit))


class Dispatcher:
    """The background threads that deliver what is due.

    The plan is in the database, so what a stopped sandbox left undelivered goes out after its next
    start. An attempt that was under way when it stopped is made again: at least once, as Stripe.
    """

    def __init__(
        self, store: Store, settings: Settings, clock: VirtualClock, controls: Controls
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._controls = controls
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._under_way: set[int] = set()
        self._changed = threading.Condition()
        self._wake = threading.Event()
        self._stopping = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begins to deliver, if there is an address to deliver to."""
        url = self._settings.webhook_url
        if url is None:
            return
        self._threads = [
            threading.Thread(target=self._plan, name="sandbox-webhooks", daemon=True),
            *(
                threading.Thread(
                    target=self._work, args=(url,), name=f"sandbox-webhooks-{n}", daemon=True
                )
                for n in range(_WORKERS)
            ),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends promptly: an attempt that hangs is left behind and made again after a restart."""
        self._stopping = True
        self._wake.set()
        for _ in range(_WORKERS):
            self._jobs.put(None)
        deadline = time.monotonic() + _PATIENCE_AT_STOP
        for thread in self._threads:
            thread.join(timeout=max(deadline - time.monotonic(), 0))

    def wake(self) -> None:
        """Looks for due deliveries now rather than at the next sweep."""
        self._wake.set()

    def wait_for_attempt(self, event_id: str, timeout: float) -> None:
        """Returns once the event was tried at least once, or after ``timeout`` seconds; at once
        while the profile keeps it back."""
        profile = self._controls.profile
        if profile.hold or profile.first_delay > 0:
            return
        deadline = time.monotonic() + timeout
        with self._changed:
            while not self._was_tried(event_id):
                left = deadline - time.monotonic()
                if left <= 0 or self._stopping:
                    return
                self._changed.wait(left)

    def send_now(self, event_id: str) -> list[DeliveryAttempt]:
        """Posts an event in the caller's thread, also one that was accepted, is held or was
        dropped; empty for one that is sent nowhere. What the answer means is as after any try."""
        url = self._settings.webhook_url
        with self._store.reading() as records:
            delivery = find_delivery(records, event_id)
        if url is None or delivery is None:
            return []
        profile = self._controls.take_profile(delivery.event_type)
        return self._deliver(url, delivery, profile.model_copy(update={"drop": False}))

    def settle(self, timeout: float) -> None:
        """Returns once everything that is due was tried, or after ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and not self._stopping:
            due = self.next_due()
            with self._changed:
                if not self._under_way and (due is None or due > self._clock.now()):
                    return
                self._wake.set()
                self._changed.wait(0.02)

    def next_due(self) -> float | None:
        """When the next try is due, in the sandbox's time; None when nothing waits for a time."""
        with self._store.reading() as records:
            pending = list_pending_deliveries(records)
        return min((due for one in pending if (due := self._due_at(one)) is not None), default=None)

    def _due_at(self, delivery: Delivery) -> float | None:
        """None while it is held."""
        profile = self._controls.profile
        if not profile.concerns(delivery.event_type):
            return delivery.next_attempt_at
        if profile.hold:
            return None
        return delivery.next_attempt_at + (0 if delivery.attempts else profile.first_delay)

    def _was_tried(self, event_id: str) -> bool:
        with self._store.reading() as records:
            return all(delivery.attempts for delivery in list_deliveries(records, event_id))

    def _plan(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                self._hand_out()
                pause = self._pause()
            except Exception:
                logger.exception("The sandbox could not look for due webhooks.")
                pause = self._settings.sweep_interval
            self._wake.wait(pause)

    def _hand_out(self) -> None:
        order = self._controls.profile.order
        with self._changed:
            if order != "any" and self._under_way:
                return  # One at a time: what follows is handed out when this is done.
            # Read with the lock: what ends in this moment must be seen ended or under way.
            fresh = [one for one in self._list_due() if one.id not in self._under_way]
            self._under_way.update(delivery.id for delivery in fresh)
        job = [(one, self._controls.take_profile(one.event_type)) for one in _sorted(fresh, order)]
        for part in [[one] for one in job] if order == "any" else [job] if job else []:
            self._jobs.put(part)

    def _list_due(self) -> list[Delivery]:
        with self._store.reading() as records:
            pending = list_pending_deliveries(records)
        now = self._clock.now()
        return [one for one in pending if (at := self._due_at(one)) is not None and at <= now]

    def _pause(self) -> float:
        """Until the next delivery that nobody works on is due, but not past the next sweep."""
        with self._changed:
            if self._under_way:
                return self._settings.sweep_interval
        due = self.next_due()
        if due is None:
            return self._settings.sweep_interval
        return min(max(due - self._clock.now(), 0.005), self._settings.sweep_interval)

    def _work(self, url: str) -> None:
        while (job := self._jobs.get()) is not None:
            for delivery, profile in job:
                self._deliver_safely(url, delivery, profile)
            self._wake.set()

    def _deliver_safely(self, url: str, delivery: Delivery, profile: DeliveryProfile) -> None:
        try:
            if not self._stopping:
                self._deliver(url, delivery, profile)
        except Exception:
            logger.exception("The sandbox could not deliver %s.", delivery.event_id)
        finally:
            with self._changed:
                self._under_way.discard(delivery.id)
                self._changed.notify_all()

    def _deliver(
        self, url: str, delivery: Delivery, profile: DeliveryProfile
    ) -> list[DeliveryAttempt]:
        with self._store.reading() as records:
            event = records.get("event", delivery.event_id)
        at = self._clock.now()
        if profile.drop:
            attempts = [DeliveryAttempt(at, None, "Dropped by the sandbox.")]
        else:
            signed_at = self._clock.machine.now()
            attempts = post_copies(
                event, url, self._settings, now=signed_at, at=at, profile=profile
            )
        if self._stopping:
            return attempts
        state, next_at = (FAILED, at) if profile.drop else self._judge(delivery, attempts)
        with self._store.transaction() as records:
            record_attempts(records, delivery, attempts=attempts, state=state, next_at=next_at)
        outcome = ", ".join(str(one.status or one.error) for one in attempts)
        logger.info(
            "%s %s -> %s %s",
            event["type"],
            event["id"],
            outcome,
            "" if state == DELIVERED else f"({state})",
        )
        return attempts

    def _judge(self, delivery: Delivery, attempts: list[DeliveryAttempt]) -> tuple[str, float]:
        now = self._clock.now()
        if any(attempt.error == "" for attempt in attempts):
            return DELIVERED, now
        next_at = now + retry_delay(delivery.attempts + 1, self._settings)
        return (PENDING if next_at <= delivery.give_up_at else FAILED), next_at


def _sorted(deliveries: list[Delivery], order: str) -> list[Delivery]:
    if order == "shuffled":
        return random.sample(deliveries, len(deliveries))
    return sorted(deliveries, key=lambda one: one.id, reverse=order == "reverse")
