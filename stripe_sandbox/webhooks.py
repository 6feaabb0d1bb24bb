"""Delivers events: signs them afresh for each try, posts them, and tries again."""

import hashlib
import hmac
import json
import logging
import queue
import threading
import time

import requests

from stripe_sandbox.clock import Clock
from stripe_sandbox.deliveries import (
    DELIVERED,
    FAILED,
    PENDING,
    Delivery,
    DeliveryAttempt,
    list_deliveries,
    list_due_deliveries,
    next_attempt_at,
    record_attempt,
)
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Document, Store

logger = logging.getLogger("stripe_sandbox")

USER_AGENT = "Stripe/1.0 (+https://stripe.com/docs/webhooks)"
_WORKERS = 4
_PATIENCE_AT_STOP = 0.5


def sign_payload(payload: bytes, secret: str, timestamp: int) -> str:
    """The Stripe-Signature header: HMAC-SHA256 over ``timestamp.payload``."""
    signed = f"{timestamp}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def render_payload(event: Document) -> bytes:
    """The request body: pretty-printed, as Stripe's are."""
    return json.dumps(event, indent=2, ensure_ascii=False).encode()


def post_event(event: Document, url: str, settings: Settings, now: float) -> DeliveryAttempt:
    """One POST to ``url``. Only a 2xx answer counts; redirects are not followed."""
    payload = render_payload(event)
    headers = {
        "Accept": "*/*",
        "Cache-Control": "no-cache",
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": sign_payload(payload, settings.webhook_secret, int(now)),
        "User-Agent": USER_AGENT,
    }
    with requests.Session() as session:
        session.trust_env = False  # A proxy of the environment would carry events elsewhere.
        try:
            answer = session.post(
                url,
                data=payload,
                headers=headers,
                timeout=settings.webhook_timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return DeliveryAttempt(now, None, _describe(error))
    good = 200 <= answer.status_code < 300
    return DeliveryAttempt(now, answer.status_code, "" if good else answer.reason or "Refused")


def _describe(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "No answer in time."
    if isinstance(error, requests.ConnectionError):
        return "No connection."
    return f"{type(error).__name__}."


def retry_delay(attempts: int, settings: Settings) -> float:
    """Seconds to wait after so many failed attempts: the base doubled each time, up to a limit."""
    return float(min(settings.retry_base * 2 ** min(attempts - 1, 30), settings.retry_limit))


class Dispatcher:
    """The background threads that deliver what is due.

    The plan is in the database, so what a stopped sandbox left undelivered goes out after its next
    start. An attempt that was under way when it stopped is made again: at least once, as Stripe.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._jobs: queue.Queue[Delivery | None] = queue.Queue()
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
        """Returns once the event was tried at least once, or after ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not self._was_tried(event_id):
                left = deadline - time.monotonic()
                if left <= 0 or self._stopping:
                    return
                self._changed.wait(left)

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
        with self._store.reading() as records:
            due = list_due_deliveries(records, self._clock.now())
        with self._changed:
            fresh = [delivery for delivery in due if delivery.id not in self._under_way]
            self._under_way.update(delivery.id for delivery in fresh)
        for delivery in fresh:
            self._jobs.put(delivery)

    def _pause(self) -> float:
        """Until the next delivery that nobody works on is due, but not past the next sweep."""
        with self._changed:
            if self._under_way:
                return self._settings.sweep_interval
        with self._store.reading() as records:
            due = next_attempt_at(records)
        if due is None:
            return self._settings.sweep_interval
        return min(max(due - self._clock.now(), 0.005), self._settings.sweep_interval)

    def _work(self, url: str) -> None:
        while (delivery := self._jobs.get()) is not None:
            try:
                if not self._stopping:
                    self._deliver(url, delivery)
            except Exception:
                logger.exception("The sandbox could not deliver %s.", delivery.event_id)
            finally:
                with self._changed:
                    self._under_way.discard(delivery.id)
                    self._changed.notify_all()
                self._wake.set()

    def _deliver(self, url: str, delivery: Delivery) -> None:
        with self._store.reading() as records:
            event = records.get("event", delivery.event_id)
        attempt = post_event(event, url, self._settings, self._clock.now())
        if self._stopping:
            return
        state, next_at = self._judge(delivery, attempt)
        with self._store.transaction() as records:
            record_attempt(records, delivery, attempt=attempt, state=state, next_at=next_at)
        logger.info(
            "%s %s -> %s %s",
            event["type"],
            event["id"],
            attempt.status or attempt.error,
            "" if state == DELIVERED else f"({state})",
        )

    def _judge(self, delivery: Delivery, attempt: DeliveryAttempt) -> tuple[str, float]:
        now = self._clock.now()
        if attempt.error == "":
            return DELIVERED, now
        next_at = now + retry_delay(delivery.attempts + 1, self._settings)
        return (PENDING if next_at <= delivery.give_up_at else FAILED), next_at
