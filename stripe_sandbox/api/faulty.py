"""Plays the faults of a connection: an answer that comes late, broken, or not at all."""

import contextlib
import select
import time
from collections.abc import Callable, Iterator
from socket import SHUT_RDWR, socket

from flask import Request, Response

from stripe_sandbox.controls.faults import ApiFault
from stripe_sandbox.controls.state import Controls

_LONGEST_HANG = 600.0
_LOOKS = 0.05
_PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>\n"

# Those that let the request do its work before they spoil the answer.
_AFTER = {"cut", "cut_within", "hang_after", "garbage"}


def play(
    controls: Controls, request: Request, fault: ApiFault, work: Callable[[], Response]
) -> Response:
    """What becomes of a request with this fault. ``work`` gives the answer that it would have had,
    and is not called when the fault comes before."""
    cleared = controls.cleared
    cleared.wait(fault.seconds)
    if fault.kind == "slow" or fault.refusal() is not None:
        return work()
    if fault.kind in _AFTER:
        answer = work()
        if fault.kind == "garbage":
            return Response(_PAGE, status=200, mimetype="text/html")
        if fault.kind == "cut_within":
            return _break_off(request, answer)
    deadline = time.monotonic() + (_LONGEST_HANG if fault.kind.startswith("hang") else 0)

    connection = _connection(request)

    def nothing() -> Iterator[bytes]:
        while time.monotonic() < deadline and not cleared.is_set() and not _is_left(connection):
            time.sleep(_LOOKS)
        yield from _cut(connection)

    return Response(nothing())


def _break_off(request: Request, answer: Response) -> Response:
    """Half of the body, though its length was promised."""
    body = answer.get_data()
    connection = _connection(request)

    def half() -> Iterator[bytes]:
        yield body[: len(body) // 2]
        yield from _cut(connection)

    answer.response = half()
    answer.headers["Content-Length"] = str(len(body))
    return answer


def _connection(request: Request) -> socket:
    connection: socket = request.environ["werkzeug.socket"]
    return connection


def _is_left(connection: socket) -> bool:
    """Whether the other side hung up: the whole request was read, so what is readable is an end."""
    return bool(select.select([connection], [], [], 0)[0])


def _cut(connection: socket) -> Iterator[bytes]:
    """Ends the connection. The server takes the error for that of a client that went away."""
    with contextlib.suppress(OSError):
        connection.shutdown(SHUT_RDWR)
    raise ConnectionAbortedError
    yield b""
