"""Runs the whole shop as `make demo` does: web server, Celery worker and Stripe sandbox, over real
connections and with the demo's content, in a folder and on ports of its own.

The tests know it through the browser alone. So it is set up once, and each test buys and writes
things that no other test counts on.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bin.demo_environment import WEBHOOK_SECRET, Addresses, make_environment
from bin.ports import find_free
from bin.processes import Command, ProcessGroup
from stripe_sandbox.testing import running_sandbox

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 60


@dataclass(frozen=True)
class RunningShop:
    url: str
    sandbox_url: str
    environment: Mapping[str, str]  # Of its processes, for one more of them.

    @property
    def origins(self) -> set[str]:
        """The only places that a browser of a shopper or an editor may talk to."""
        return {self.url, self.sandbox_url}


@contextmanager
def running_shop(folder: Path) -> Iterator[RunningShop]:
    """The shop, until the block ends. Raises RuntimeError when it does not start."""
    port = find_free()
    webhook_url = Addresses(port, 0).webhook
    with running_sandbox(
        webhook_url=webhook_url, webhook_secret=WEBHOOK_SECRET, merchant_name="Fern & Kettle"
    ) as sandbox:
        addresses = Addresses(port, urlsplit(sandbox.base_url).port or 0)
        environment = make_shop_environment(addresses, folder)
        build_shop(environment)
        processes = ProcessGroup(name_width=6)
        try:
            for command in make_commands(port, environment):
                processes.start(command)
            wait_until_ready(f"{addresses.shop}/readyz", processes)
            yield RunningShop(addresses.shop, addresses.sandbox, environment)
        finally:
            processes.end()


def make_shop_environment(addresses: Addresses, folder: Path) -> dict[str, str]:
    return {
        **make_environment(addresses, os.environ),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DEBUG": "0",
        "SHOP_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'shop.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
    }


def build_shop(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.build_shop"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The shop under test could not be made:\n{done.stdout}")


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
