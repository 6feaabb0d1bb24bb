"""How long Stripe waits for the webhook's answer: `make bench-webhook`.

The web server of the Procfile on PostgreSQL, with a broker, and no worker beside it that would take
some of the processors. First events of paid orders one after the other, then 20 at the same moment
again and again, then those once more, as Stripe sends them when an answer got lost.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bin.chaos.options import ChaosError
from bin.chaos.stage import Stage, set_up
from bin.demo_environment import ROOT, WEBHOOK_SECRET
from stripe_sandbox.posting import render_payload, sign_payload

AT_ONCE = 20
ROUNDS = 15
ALONE = 40
WARM_UP = 20  # Of each process of the web server the first request reads what later ones know.
LIMIT_MS = 50.0
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
            events = make_events(stage, WARM_UP + ALONE + AT_ONCE * ROUNDS, Path(folder) / "events")
        except ChaosError as error:
            print(error, file=sys.stderr)
            return 2
        return measure(stage, events)


def measure(stage: Stage, events: Sequence[bytes]) -> int:
    """Prints a table; 1 if the median with 20 at once is above the limit."""
    warm_up, alone, rest = events[:WARM_UP], events[WARM_UP:][:ALONE], events[WARM_UP + ALONE :]
    send_together(stage, warm_up)
    print(f"{'ms':<26}{'median':>9}{'p95':>9}{'p99':>9}{'worst':>9}")
    say("one after the other", [post(stage, event) for event in alone])
    bursts = [rest[start : start + AT_ONCE] for start in range(0, len(rest), AT_ONCE)]
    median = say(
        f"{AT_ONCE} at the same moment", [ms for one in bursts for ms in send_together(stage, one)]
    )
    say("  told a second time", [ms for one in bursts for ms in send_together(stage, one)])
    print(f"Load of this machine: {os.getloadavg()[0]:.1f} with {os.cpu_count()} processors.")
    return 1 if median > LIMIT_MS else 0


def make_events(stage: Stage, count: int, file: Path) -> list[bytes]:
    """Payloads of events about orders that wait for their money."""
    command = [sys.executable, "-m", "bin.webhook_events", str(count), str(file)]
    done = subprocess.run(command, cwd=ROOT, env=stage.environment, check=False)
    if done.returncode:
        raise ChaosError("The orders could not be made; the lines above say why.")
    return [render_payload(json.loads(line)) for line in file.read_text().splitlines()]


def send_together(stage: Stage, events: Sequence[bytes]) -> list[float]:
    """Each over a connection of its own, which is open before; the milliseconds of each."""
    barrier = threading.Barrier(len(events))
    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(lambda event: post(stage, event, barrier), events))


def post(stage: Stage, payload: bytes, barrier: threading.Barrier | None = None) -> float:
    """Milliseconds from the first byte of the request to the answer. Raises ChaosError when that
    is not 200."""
    link = http.client.HTTPConnection(stage.shop.partition("//")[2], timeout=30)
    signature = sign_payload(payload, WEBHOOK_SECRET, int(time.time()))
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
    link.connect()
    if barrier is not None:
        barrier.wait(30)
    started = time.perf_counter()
    link.request("POST", "/checkout/webhook/", payload, headers)
    answer = link.getresponse()
    answer.read()
    took = time.perf_counter() - started
    link.close()
    if answer.status != 200:
        raise ChaosError(f"The webhook answered {answer.status}.")
    return took * 1000


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
