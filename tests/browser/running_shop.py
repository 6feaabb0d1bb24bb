"""Runs the whole shop as `make demo` does: web server, Celery worker and Stripe sandbox, over real
connections and with the demo's content, in a folder and on ports of its own.

The tests know it through the browser alone. So a process sets it up once for all its tests, and
each test buys and writes things that no other test counts on.
"""

import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bin.demo_environment import WEBHOOK_SECRET, Addresses
from bin.ports import find_free
from bin.processes import Command, ProcessGroup
from stripe_sandbox.testing import running_sandbox
from tests.browser.built_shop import (
    ROOT,
    build_shop_once,
    copy_built_shop,
    make_shop_environment,
)

READY_SECONDS = 60


@dataclass(frozen=True)
class RunningShop:
    url: str
    sandbox_url: str
    stage: dict[str, str]  # See tests.browser.stage.

    @property
    def origins(self) -> set[str]:
        """The only places that a browser of a shopper or an editor may talk to."""
        return {self.url, self.sandbox_url}


@contextmanager
def running_shop(folder: Path, *, shared: Path) -> Iterator[RunningShop]:
    """The shop in this folder, until the block ends; `shared` is for what several shops have in
    common. Raises RuntimeError when it does not start."""
    built = build_shop_once(shared)
    port = find_free()
    webhook_url = Addresses(port, 0).webhook
    with running_sandbox(
        webhook_url=webhook_url, webhook_secret=WEBHOOK_SECRET, merchant_name="Fern & Kettle"
    ) as sandbox:
        addresses = Addresses(port, urlsplit(sandbox.base_url).port or 0)
        environment = make_shop_environment(addresses, folder)
        stage = copy_built_shop(built, folder, addresses)
        processes = ProcessGroup(name_width=6)
        try:
            for command in make_commands(port, environment):
                processes.start(command)
            wait_until_ready(f"{addresses.shop}/readyz", processes)
            yield RunningShop(addresses.shop, addresses.sandbox, stage)
        finally:
            processes.end()


def make_commands(port: int, environment: dict[str, str]) -> list[Command]:
    web = (
        *("granian", "--interface", "wsgi", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
        *("--working-dir", str(ROOT), "--static-path-route", "/media/images"),
        *("--static-path-mount", make_folder(Path(environment["MEDIA_ROOT"], "images"))),
        "shopsite.wsgi:application",
    )
    worker = (
        *("celery", "--quiet", "--workdir", str(ROOT), "--app", "shopsite", "worker"),
        *("--pool", "threads", "--concurrency", "1", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    return [
        Command(name, (sys.executable, "-m", *arguments), environment)
        for name, arguments in (("web", web), ("worker", worker))
    ]


def make_folder(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def wait_until_ready(url: str, processes: ProcessGroup) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready(url):
        ended = processes.first_ended()
        if ended is not None or time.monotonic() > deadline:
            last_line = ended.last_line if ended is not None else "It does not answer."
            raise RuntimeError(f"The shop under test did not start. {last_line}")
        time.sleep(0.1)


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status) == 200
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False
