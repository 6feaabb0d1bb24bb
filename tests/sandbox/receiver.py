"""A web server that receives webhooks and answers as a test tells it to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import stripe


@dataclass
class Delivered:
    """One POST that came in."""

    body: bytes
    headers: dict[str, str]

    @property
    def event(self) -> stripe.Event:
        return stripe.Webhook.construct_event(
            self.body, self.headers["Stripe-Signature"], "whsec_test"
        )


@dataclass
class Receiver:
    """``statuses`` are used up one by one; after them every answer is 200. ``most_at_once`` is how
    many POSTs were under way together."""

    url: str = ""
    received: list[Delivered] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    delay: float = 0.0
    most_at_once: int = 0

    def types(self) -> list[str]:
        return sorted(delivered.event.type for delivered in self.received)

    def wait_for(self, count: int, timeout: float = 5.0) -> None:
        deadline = time.monotonic() + timeout
        while len(self.received) < count:
            assert time.monotonic() < deadline, f"{len(self.received)} of {count} webhooks came"
            time.sleep(0.005)


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    under_way: list[BaseHTTPRequestHandler] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(Delivered(body, dict(self.headers)))
            under_way.append(self)
            receiver.most_at_once = max(receiver.most_at_once, len(under_way))
            time.sleep(receiver.delay)
            under_way.remove(self)
            status = receiver.statuses.pop(0) if receiver.statuses else 200
            self.send_response(status)
            if status in {301, 302, 303, 307}:
                self.send_header("Location", receiver.url)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/webhook/"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
