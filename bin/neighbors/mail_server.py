"""A mail server of aiosmtpd's that refuses and waits when a test says so."""

import asyncio
import time
from collections import defaultdict, deque
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bin.ports import find_free


class MailServer:
    """`received` holds what arrived, in the order it did, also what it did not say yes to yet, and
    `received_at` when, in seconds since the epoch.

    `answer_to_all` is the answer to every recipient while it is set; with `closes` set, the
    connection ends at that point without any answer.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.received_at: list[float] = []
        self.answer_to_all = ""
        self.closes = False
        self.refusals: dict[str, deque[str]] = defaultdict(deque)
        self.holds_at = ""
        self.holding = 0
        self.port = find_free()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def forget(self) -> None:
        """Accepts everything and holds nothing, as at the beginning."""
        self.received.clear()
        self.received_at.clear()
        self.answer_to_all, self.closes = "", False
        self.refusals.clear()
        self.let_go()

    def refuse(self, address: str, *answers: str) -> None:
        """The next answers to mail for this address; after them it is accepted."""
        self.refusals[address].extend(answers)

    def hold_at(self, command: str) -> None:
        """Keeps clients waiting for the answer to RCPT or DATA until `let_go`; `holding` counts
        them."""
        self.holding = 0
        self.holds_at = command

    def let_go(self) -> None:
        self.holds_at = ""

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.received if message["To"] == address]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._hold("RCPT")
        if self.closes and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        if self.answer_to_all:
            return self.answer_to_all
        if self.refusals[address]:
            return self.refusals[address].popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.received_at.append(time.time())
        await self._hold("DATA")
        return "250 Accepted"

    async def _hold(self, command: str) -> None:
        if self.holds_at != command:
            return
        self.holding += 1
        while self.holds_at == command:  # noqa: ASYNC110 - the test is in another thread
            await asyncio.sleep(0.02)
