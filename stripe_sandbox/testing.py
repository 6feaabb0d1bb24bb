"""Runs a sandbox inside a test process.

    with running_sandbox(webhook_url=live_server.url + "/checkout/webhook/",
                         webhook_secret="whsec_test") as sandbox:
        client = stripe.StripeClient("sk_test_x", base_addresses={"api": sandbox.base_url})
        session = client.v1.checkout.sessions.create({...})
        sandbox.pay(session.id)                               # as if on the hosted page
        sandbox.wait_for_deliveries()
        assert sandbox.deliveries("checkout.session.completed")[0].log[-1].status == 200

The sandbox listens on a free loopback port and keeps its file in a temporary directory, so any
number can run side by side. Without ``webhook_url`` events are recorded and sent nowhere, which is
what a test wants that posts them to the shop itself: ``sandbox.signed_request(event)`` gives the
exact body and headers.

``sandbox.control`` makes the API fail and webhooks come twice, late, backwards or never, as
``control_client`` shows.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stripe_sandbox.clock import Clock
from stripe_sandbox.control_client import ControlClient
from stripe_sandbox.deliveries import PENDING, Delivery, list_deliveries
from stripe_sandbox.pages.payment import find_success_url
from stripe_sandbox.posting import render_payload, sign_payload
from stripe_sandbox.server import SandboxServer
from stripe_sandbox.services.disputes import close_dispute, open_dispute
from stripe_sandbox.services.payments import (
    Outcome,
    PaymentDetails,
    PaymentResult,
    finish_authentication,
    submit_payment,
)
from stripe_sandbox.services.refunds import refund_by_hand
from stripe_sandbox.services.sessions import expire_session
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Document

TEST_SECRET = "whsec_test"  # noqa: S105  Signs nothing but tests.

__all__ = ["TEST_SECRET", "Outcome", "PaymentResult", "RunningSandbox", "running_sandbox"]


@contextmanager
def running_sandbox(
    *,
    webhook_url: str | None = None,
    webhook_secret: str = TEST_SECRET,
    clock: Clock | None = None,
    **settings: Any,
) -> Iterator["RunningSandbox"]:
    """A sandbox that serves until the block ends.

    Failed deliveries are tried again after 50 ms, 100 ms and so on rather than seconds. ``clock``
    replaces the machine's time; ``settings`` are further fields of ``Settings``, for instance
    ``database`` to go on with the file of an earlier sandbox.
    """
    with tempfile.TemporaryDirectory(prefix="stripe-sandbox-") as directory:
        chosen = {
            "database": Path(directory) / "sandbox.sqlite3",
            "port": 0,
            "retry_base": 0.05,
            "sweep_interval": 0.05,
            **settings,
        }
        server = SandboxServer(
            Settings(webhook_url=webhook_url, webhook_secret=webhook_secret, **chosen),
            clock,
            poll_interval=0.01,
        )
        server.start()
        try:
            yield RunningSandbox(server)
        finally:
            server.stop()


class RunningSandbox:
    """The handle of a test: does what people do on the pages, and reads what came of it."""

    def __init__(self, server: SandboxServer) -> None:
        self._sandbox = server.sandbox
        self.store = server.sandbox.store
        """The database, for what no method below shows."""
        self.base_url = server.base_url
        """Goes into ``STRIPE_API_BASE`` or the client's ``base_addresses``."""
        self.control = ControlClient(server.base_url)
        """Faults of the API and of deliveries; its module shows how they are set."""

    def now(self) -> float:
        """The sandbox's time."""
        return self._sandbox.clock.now()

    def pay(
        self,
        session_id: str,
        card: str = "4242424242424242",
        *,
        email: str = "payer@example.com",
        name: str = "Pat Payer",
        shipping_rate: str | None = None,
    ) -> PaymentResult:
        """Presses Pay on the hosted page, with a card of the page's list.

        ``result.outcome`` is PAID, ALREADY_PAID, DECLINED (then ``result.message`` says why),
        NEEDS_AUTHENTICATION (go on with ``authenticate``) or EXPIRED; ``result.session`` is the
        session as the API would show it. An e-mail address that the shop gave wins over ``email``.
        """
        with self._sandbox.unit() as unit:
            session = unit.records.find("checkout.session", session_id)
            locked = None if session is None else session["customer_email"]
            details = PaymentDetails(
                email=locked or email,
                name=name,
                card_number=card,
                expiry=(12, time.gmtime(unit.now).tm_year + 2),
                shipping_rate=shipping_rate,
            )
            return submit_payment(unit, session_id, details)

    def authenticate(self, session_id: str, *, succeed: bool = True) -> PaymentResult:
        """Ends the 3-D Secure step that ``pay`` with 4000002500003155 began."""
        with self._sandbox.unit() as unit:
            return finish_authentication(unit, session_id, authenticated=succeed)

    def refund(self, payment_intent: str, amount: int | None = None) -> Document:
        """Refunds a payment as somebody in the Dashboard would: ``amount`` minor units, or all."""
        with self._sandbox.unit() as unit:
            return refund_by_hand(unit, payment_intent, amount=amount)

    def dispute(self, payment_intent: str) -> Document:
        """The payer's bank wants the money of a payment back."""
        with self._sandbox.unit() as unit:
            return open_dispute(unit, payment_intent)

    def close_dispute(self, dispute_id: str, *, won: bool) -> Document:
        """The bank decides a dispute."""
        with self._sandbox.unit() as unit:
            return close_dispute(unit, dispute_id, won=won)

    def expire(self, session_id: str) -> Document:
        """Ends an open session now, with its ``checkout.session.expired`` event."""
        with self._sandbox.unit() as unit:
            return expire_session(unit, session_id)

    def sweep(self) -> None:
        """Does at once what the background does now and then, such as expiring sessions."""
        self._sandbox.sweep()

    def session(self, session_id: str) -> Document:
        """The session as it is stored, without any effect of reading it."""
        with self._sandbox.store.reading() as records:
            return records.get("checkout.session", session_id)

    def success_url(self, session_id: str) -> str:
        """Where the payer is sent after paying."""
        return find_success_url(self.session(session_id))

    def events(self, kind: str | None = None) -> list[Document]:
        """Events in the order they happened; of one type if it is named."""
        with self._sandbox.store.reading() as records:
            found = records.list_all("event", newest_first=False)
        return [event for event in found if kind in {None, event["type"]}]

    def signed_request(self, event: Document) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a delivery of ``event``, signed now, to post by other means."""
        body = render_payload(event)
        signature = sign_payload(
            body, self._sandbox.settings.webhook_secret, int(self._sandbox.clock.machine.now())
        )
        return body, {"Content-Type": "application/json", "Stripe-Signature": signature}

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """The delivery log, oldest first: state, number of attempts and the attempts themselves."""
        wanted = {event["id"] for event in self.events(kind)}
        with self._sandbox.store.reading() as records:
            return [d for d in list_deliveries(records) if d.event_id in wanted]

    def wait_for_deliveries(self, timeout: float = 5.0) -> None:
        """Returns when no delivery is pending any more. Raises TimeoutError otherwise."""
        deadline = time.monotonic() + timeout
        while pending := [d for d in self.deliveries() if d.state == PENDING]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(pending)} webhook deliveries are still pending.")
            time.sleep(0.01)
