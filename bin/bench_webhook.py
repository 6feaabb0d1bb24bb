"""How long Stripe waits for the webhook's answer: `make bench-webhook`.

The web server of the Procfile on PostgreSQL, with a broker, and no worker beside it that would take
some of the processors. First events of paid orders one after the other; then 20 at the same moment,
again and again when the last have settled; then without such a pause, which is more than can be
applied meanwhile; then all once more, as Stripe sends them when an answer got lost.
"""

import contextlib
import json
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from bin.chaos.options import ChaosError
from bin.chaos.stage import Stage, set_up
from bin.demo_environment import ROOT, WEBHOOK_SECRET
from stripe_sandbox.posting import render_payload, sign_payload

AT_ONCE = 20
ROUNDS = 15
ALONE = 40
WARM_UP = 20  # Of each process of the web server the first request reads what later ones know.
LIMIT_MS = 50.0
SETTLING_SECONDS = 1.0  # About three times what 20 orders take to be marked as paid.
ON_HAND = 10_000


def main() -> int:
    servers = [os.environ.get(name, "") for name in ("TEST_DATABASE_URL", "TEST_BROKER_URL")]
    if not all(servers):
        print("This needs PostgreSQL and RabbitMQ; see python -m bin.services.", file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="shop-bench-") as folder,
        set_up(
            postgresql=servers[0],
            rabbitmq=servers[1],
            on_hand=ON_HAND,
            control="",
            inherited=os.environ,
            started=("web",),
        ) as stage,
    ):
        try:
            stage.wait_until_ready()
            events = make_events(
                stage, WARM_UP + ALONE + 2 * AT_ONCE * ROUNDS, Path(folder) / "events"
            )
        except ChaosError as error:
            print(error, file=sys.stderr)
            return 2
        return measure(stage, events)


def measure(stage: Stage, events: Sequence[bytes]) -> int:
    """Prints a table; 1 if the median with 20 at once is above the limit."""
    warm_up, alone, rest = events[:WARM_UP], events[WARM_UP:][:ALONE], events[WARM_UP + ALONE :]
    bursts = [rest[start : start + AT_ONCE] for start in range(0, len(rest), AT_ONCE)]
    settled, hurried = bursts[:ROUNDS], bursts[ROUNDS:]
    send_together(stage, warm_up)
    time.sleep(SETTLING_SECONDS)
    print(f"{'ms':<26}{'median':>9}{'p95':>9}{'p99':>9}{'worst':>9}")
    say("one after the other", send_in_turn(stage, [[event] for event in alone], pause=0))
    median = say(f"{AT_ONCE} at the same moment", send_in_turn(stage, settled, SETTLING_SECONDS))
    say("  without a pause", send_in_turn(stage, hurried, pause=0))
    time.sleep(SETTLING_SECONDS * ROUNDS)
    say("  told a second time", send_in_turn(stage, bursts, pause=0))
    print(f"Load of this machine: {os.getloadavg()[0]:.1f} with {os.cpu_count()} processors.")
    return 1 if median > LIMIT_MS else 0


def send_in_turn(stage: Stage, bursts: Iterable[Sequence[bytes]], pause: float) -> list[float]:
    """The milliseconds of all of them."""
    milliseconds = []
    for burst in bursts:
        milliseconds += send_together(stage, burst)
        time.sleep(pause)
    return milliseconds


def make_events(stage: Stage, count: int, file: Path) -> list[bytes]:
    """Payloads of events about orders that wait for their money."""
    command = [sys.executable, "-m", "bin.webhook_events", str(count), str(file)]
    done = subprocess.run(command, cwd=ROOT, env=stage.environment, check=False)
    if done.returncode:
        raise ChaosError("The orders could not be made; the lines above say why.")
    return [render_payload(json.loads(line)) for line in file.read_text().splitlines()]


def send_together(stage: Stage, events: Sequence[bytes]) -> list[float]:
    """The milliseconds of each, from its first byte sent to the answer. All are written before any
    answer is read, each to a connection that is open before, by one thread, so that little of
    what is measured is this program. Raises ChaosError when an answer is not 200."""
    host, _, port = stage.shop.partition("//")[2].partition(":")
    requests = [render_request(host, event) for event in events]
    links = [socket.create_connection((host, int(port)), timeout=30) for _ in events]
    begun: dict[socket.socket, float] = {}
    milliseconds = []
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        for link, request in zip(links, requests, strict=True):
            selector.register(stack.enter_context(link), selectors.EVENT_READ)
            begun[link] = time.perf_counter()
            link.sendall(request)
        while begun:
            for link in answered(selector):
                milliseconds.append((time.perf_counter() - begun.pop(link)) * 1000)
                read_answer(link)
                selector.unregister(link)
    return milliseconds


def render_request(host: str, payload: bytes) -> bytes:
    signature = sign_payload(payload, WEBHOOK_SECRET, int(time.time()))
    head = (
        f"POST /checkout/webhook/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(payload)}\r\nStripe-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + payload


def answered(selector: selectors.BaseSelector) -> list[socket.socket]:
    ready = selector.select(timeout=30)
    if not ready:
        raise ChaosError("The webhook did not answer for half a minute.")
    return [cast("socket.socket", key.fileobj) for key, _ in ready]


def read_answer(link: socket.socket) -> None:
    answer = link.recv(65536)
    if not answer.startswith(b"HTTP/1.1 200 "):
        raise ChaosError(f"The webhook answered {answer[:40]!r}.")


def say(name: str, milliseconds: Sequence[float]) -> float:
    cuts = statistics.quantiles(milliseconds, n=100)
    median = statistics.median(milliseconds)
    figures = "".join(
        f"{figure:>9.1f}" for figure in (median, cuts[94], cuts[98], max(milliseconds))
    )
    print(f"{name:<26}{figures}", flush=True)
    return median


if __name__ == "__main__":
    sys.exit(main())
