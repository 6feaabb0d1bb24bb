"""Binds a sandbox to a port of this machine and serves it from a thread."""

import dataclasses
import errno
import socket
import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from stripe_sandbox.app import build_app
from stripe_sandbox.clock import Clock
from stripe_sandbox.errors import SandboxRefusal
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.settings import Settings


class _QuietHandler(WSGIRequestHandler):
    """Logs no line per request; what matters is logged where it happens."""

    # Headers and body are sent apart; without this the second waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


class SandboxServer:
    """A running sandbox. ``settings.port`` 0 takes a free port; ``base_url`` says which.

    ``stop`` may take ``poll_interval`` seconds. Raises SandboxRefusal when the port is taken.
    """

    def __init__(
        self, settings: Settings, clock: Clock | None = None, *, poll_interval: float = 0.25
    ) -> None:
        listener = _bind(settings.host, settings.port)
        with listener:
            port: int = listener.getsockname()[1]
            self.sandbox = Sandbox(dataclasses.replace(settings, port=port), clock)
            self._server = make_server(
                settings.host,
                port,
                build_app(self.sandbox),
                threaded=True,
                request_handler=_QuietHandler,
                fd=listener.fileno(),
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": poll_interval},
            name="sandbox-http",
            daemon=True,
        )

    @property
    def base_url(self) -> str:
        """The address of the API and the pages."""
        return self.sandbox.settings.base_url

    def start(self) -> None:
        """Serves requests and delivers webhooks until ``stop``."""
        self.sandbox.start()
        self._thread.start()

    def stop(self) -> None:
        """Frees the port and ends the threads."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)
        self.sandbox.stop()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise SandboxRefusal(
                f"Port {port} on {host} is taken: another sandbox may be running."
            ) from error
        raise SandboxRefusal(
            f"The sandbox cannot listen on {host}, port {port}: {error}."
        ) from error
    return listener
