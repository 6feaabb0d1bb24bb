"""``python -m stripe_sandbox``: runs a sandbox until it is told to stop."""

import argparse
import logging
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from stripe_sandbox.errors import SandboxRefusal
from stripe_sandbox.server import SandboxServer
from stripe_sandbox.settings import DEFAULT_PORT, DEFAULT_WEBHOOK_URL, Settings

_DEFAULT_DATABASE = "var/stripe-sandbox.sqlite3"


def read_settings(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Settings from the command line, with defaults from the environment.

    Raises SandboxRefusal for values that cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m stripe_sandbox",
        description="Plays Stripe Checkout on this machine. No real money moves.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on")
    parser.add_argument(
        "--port", default=environment.get("SANDBOX_PORT") or str(DEFAULT_PORT), help="port"
    )
    parser.add_argument(
        "--database",
        default=environment.get("SANDBOX_DATABASE") or _DEFAULT_DATABASE,
        help="SQLite file, made if it is missing",
    )
    parser.add_argument(
        "--webhook-url",
        default=environment.get("SANDBOX_WEBHOOK_URL") or DEFAULT_WEBHOOK_URL,
        help="where events are posted",
    )
    parser.add_argument(
        "--webhook-secret",
        default=environment.get("STRIPE_WEBHOOK_SECRETS", "").split(",")[0].strip(),
        help="secret that events are signed with (whsec_...)",
    )
    parser.add_argument(
        "--merchant-name",
        default=environment.get("SANDBOX_MERCHANT_NAME") or "Demo merchant",
        help="name on the payment page",
    )
    given = parser.parse_args(arguments)
    return Settings(
        database=Path(given.database),
        host=given.host,
        port=_read_port(given.port),
        webhook_url=given.webhook_url,
        webhook_secret=given.webhook_secret,
        merchant_name=given.merchant_name,
    )


def _read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise SandboxRefusal(f"The port must be a number from 0 to 65535, not {text}.")
    return int(text)


def main() -> int:
    """Returns the exit status: 0 after SIGTERM or SIGINT, 1 when it could not start."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        settings = read_settings(sys.argv[1:], os.environ)
        settings.database.parent.mkdir(parents=True, exist_ok=True)
        server = SandboxServer(settings)
    except SandboxRefusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error) as error:
        print(f"The sandbox cannot use the database file: {error}.", file=sys.stderr)
        return 1
    server.start()
    print(
        f"Stripe sandbox at {server.base_url} (no real money moves); "
        f"webhooks go to {settings.webhook_url}.",
        flush=True,
    )
    stopping.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
