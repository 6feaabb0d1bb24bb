"""The whole shop on one machine, with nothing but Python: `make demo`.

Prepares the database and the demo content, then runs the web server, a Celery worker with its beat,
and the Stripe sandbox until Ctrl-C. PORT and SANDBOX_PORT move it, RESET=1 starts anew. With test
keys of Stripe's in the environment, payments go to Stripe and the sandbox stays away.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import IO

from bin.demo_environment import (
    ROOT,
    VAR,
    WEBHOOK_SECRET,
    Addresses,
    DemoError,
    make_environment,
    read_addresses,
)
from bin.processes import STOP_SIGNALS, Command, run_together, say

# What a demo writes under var/; nothing else there is touched by RESET=1.
DEMO_FILES = (
    "shop.sqlite3*",
    "sandbox.sqlite3*",
    "celerybeat-schedule*",
    "media",
    "private",
    "mail",
    "queue",
)
READY_SECONDS = 60


def make_commands(addresses: Addresses, environment: Mapping[str, str]) -> list[Command]:
    media = VAR / "media" / "images"
    media.mkdir(parents=True, exist_ok=True)
    web = (
        *("granian", "--interface", "wsgi", "--port", str(addresses.port)),
        *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
        # Renditions only: documents lie in the same folder and are not for everybody.
        *("--static-path-route", "/media/images", "--static-path-mount", str(media)),
        "shopsite.wsgi:application",
    )
    worker = (
        *("celery", "--quiet", "--app", "shopsite", "worker", "--beat", "--pool", "threads"),
        *("--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    stripe = (
        *("stripe_sandbox", "--port", str(addresses.sandbox_port)),
        *("--merchant-name", "Fern & Kettle"),
        *("--database", str(VAR / "sandbox.sqlite3")),
        *("--webhook-url", addresses.webhook, "--webhook-secret", WEBHOOK_SECRET),
    )
    programs = {"web": web, "worker": worker}
    if environment["STRIPE_API_BASE"]:
        programs["stripe"] = stripe
    return [
        Command(name, (sys.executable, "-m", *arguments), environment)
        for name, arguments in programs.items()
    ]


def remove_demo_files(var: Path) -> None:
    """Takes away what earlier demos wrote, so that the next start is a first one."""
    for path in [path for pattern in DEMO_FILES for path in var.glob(pattern)]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def lock_var(var: Path) -> IO[str]:
    """Holds var/ for this demo as long as the file is open; two demos would share one database."""
    var.mkdir(exist_ok=True)
    lock = (var / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DemoError("A demo is already running in this folder; stop it first.") from error
    return lock


def prepare(environment: Mapping[str, str]) -> list[list[str]]:
    """Migrates the database and loads the demo content; does nothing when it is done already.

    Returns the log-ins of the demo's people: name, password, role.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bin.prepare_demo"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        start_new_session=True,  # Ctrl-C ends it from here, without a traceback of its own.
    )
    if done.returncode:
        raise DemoError(
            "The demo content could not be loaded; the lines above say why."
            " RESET=1 make demo starts with an empty database."
        )
    people: list[list[str]] = json.loads(done.stdout)
    return people


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):
            return True
    except urllib.error.HTTPError:
        return True  # Some answer: the server runs, and its log says what is wrong.
    except OSError:
        return False


def announce(addresses: Addresses, log_ins: list[list[str]], *, has_sandbox: bool) -> None:
    """Says where everything is, once the shop answers."""
    deadline = time.monotonic() + READY_SECONDS
    while not answers(addresses.shop):
        if time.monotonic() > deadline:
            say(f"The shop does not answer at {addresses.shop} yet; its lines above may say why.")
            return
        time.sleep(0.2)
    say(make_welcome(addresses, log_ins, has_sandbox=has_sandbox))


def make_welcome(
    addresses: Addresses, log_ins: list[list[str]], *, has_sandbox: bool = True
) -> str:
    stripe = f"Stripe sandbox  {addresses.sandbox}/" if has_sandbox else "Payments go to Stripe."
    return "\n".join(
        [
            "",
            f"Shop            {addresses.shop}/",
            f"Admin           {addresses.shop}/admin/",
            f"Mailbox         {addresses.shop}/demo/mail/",
            stripe,
            "",
            "Log-ins to the admin (name, password, what for):",
            *(f"  {name:<10} {password:<10} {role}" for name, password, role in log_ins),
            "",
            "Ctrl-C stops it. RESET=1 make demo starts anew.",
            "",
        ]
    )


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    os.chdir(ROOT)
    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)
    try:
        addresses = read_addresses(os.environ)
        with lock_var(VAR):
            if os.environ.get("RESET") == "1":
                remove_demo_files(VAR)
            environment = make_environment(addresses, os.environ)
            log_ins = prepare(environment)
            return run_together(
                make_commands(addresses, environment),
                on_start=lambda: announce(
                    addresses, log_ins, has_sandbox=bool(environment["STRIPE_API_BASE"])
                ),
            )
    except DemoError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped before the demo was ready; the next start goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
