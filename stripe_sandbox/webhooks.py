"""Delivers events: when, in which order, how often, and again after a failure."""

import logging
import queue
import random
import threading
import time

from stripe_sandbox.clock import VirtualClock
from stripe_sandbox.controls.profile import DeliveryProfile
from stripe_sandbox.controls.state import Controls
from stripe_sandbox.courier import Courier
from stripe_sandbox.deliveries import (
    Delivery,
    DeliveryAttempt,
    list_deliveries,
    list_pending_deliveries,
)
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Store
from stripe_sandbox.subscriptions import GIVEN, find_target

logger = logging.getLogger("stripe_sandbox")

_WORKERS = 4
_PATIENCE_AT_STOP = 0.5

# What one worker does one after the other.
Job = list[tuple[Delivery, DeliveryProfile]]


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
        self._courier = Courier(store, settings, clock)
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._under_way: set[int] = set()
        self._changed = threading.Condition()
        self._wake = threading.Event()
        self._stopping = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begins to deliver. Without any endpoint too: the API may be asked for one."""
        self._threads = [
            threading.Thread(target=self._plan, name="sandbox-webhooks", daemon=True),
            *(
                threading.Thread(target=self._work, name=f"sandbox-webhooks-{n}", daemon=True)
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
        """Posts an event in the caller's thread to every endpoint it was meant for that can be
        reached, also one that was accepted, is held or was dropped; empty for one that is sent
        nowhere. What the answers mean is as after any try."""
        with self._store.reading() as records:
            deliveries = [
                one
                for one in list_deliveries(records, event_id)
                if find_target(records, self._settings, one.endpoint) is not None
            ]
        return [attempt for one in deliveries for attempt in self._send_undropped(one)]

    def _send_undropped(self, delivery: Delivery) -> list[DeliveryAttempt]:
        profile = self._controls.take_profile(delivery.event_type)
        return self._deliver(delivery, profile.model_copy(update={"drop": False}))

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
        moments = [self._due_at(one) for one in self._list_pending()]
        return min((due for due in moments if due is not None), default=None)

    def _list_pending(self) -> list[Delivery]:
        """Without those that have to wait for a start with an address."""
        with self._store.reading() as records:
            pending = list_pending_deliveries(records)
        has_address = self._settings.webhook_url is not None
        return [one for one in pending if has_address or one.endpoint != GIVEN]

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
        now = self._clock.now()
        return [
            one
            for one in self._list_pending()
            if (at := self._due_at(one)) is not None and at <= now
        ]

    def _pause(self) -> float:
        """Until the next delivery that nobody works on is due, but not past the next sweep."""
        with self._changed:
            if self._under_way:
                return self._settings.sweep_interval
        due = self.next_due()
        if due is None:
            return self._settings.sweep_interval
        return min(max(due - self._clock.now(), 0.005), self._settings.sweep_interval)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            for delivery, profile in job:
                self._deliver_safely(delivery, profile)
            self._wake.set()

    def _deliver_safely(self, delivery: Delivery, profile: DeliveryProfile) -> None:
        try:
            if not self._stopping:
                self._deliver(delivery, profile)
        except Exception:
            logger.exception("The sandbox could not deliver %s.", delivery.event_id)
        finally:
            with self._changed:
                self._under_way.discard(delivery.id)
                self._changed.notify_all()

    def _deliver(self, delivery: Delivery, profile: DeliveryProfile) -> list[DeliveryAttempt]:
        return self._courier.deliver(delivery, profile, lambda: self._stopping)


def _sorted(deliveries: list[Delivery], order: str) -> list[Delivery]:
    if order == "shuffled":
        return random.sample(deliveries, len(deliveries))
    return sorted(deliveries, key=lambda one: one.id, reverse=order == "reverse")
