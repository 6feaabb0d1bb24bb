"""A sandbox in a process of its own, for tests that fork theirs.

A thread that is within SQLite while its process forks leaves SQLite's locks to the child for ever:
with one that looks every 20 ms, 6 of 400 children hung. So what forks must have no such threads.
"""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import cast

from django.db import connections

from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.server import SandboxServer
from stripe_sandbox.settings import Settings
from stripe_sandbox.testing import RunningSandbox


@dataclass(frozen=True)
class _ServerElsewhere:
    """What `RunningSandbox` asks of a server, on the same file, without a thread."""

    sandbox: Sandbox

    @property
    def base_url(self) -> str:
        return self.sandbox.settings.base_url


@contextmanager
def sandbox_apart(database: Path, *, webhook_secret: str) -> Iterator[RunningSandbox]:
    """Serves until the block ends, and sends no events."""
    settings = Settings(database=database, port=0, webhook_secret=webhook_secret)
    connections.close_all()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(settings, theirs))
    process.start()
    try:
        here = Sandbox(replace(settings, port=ours.recv()))
        yield RunningSandbox(cast("SandboxServer", _ServerElsewhere(here)))
    finally:
        process.kill()
        process.join()


def _serve(settings: Settings, told: Connection) -> None:
    server = SandboxServer(settings)
    server.start()
    told.send(server.sandbox.settings.port)
    Event().wait()
