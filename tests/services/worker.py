"""A real Celery worker: a process of its own, with the settings of production."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.services.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent


class Worker:
    """Runs in a process group of its own, so that nothing of it outlives `stop`."""

    def __init__(self, name: str, *, environment: dict[str, str], log: Path) -> None:
        self.name = f"{name}@localhost"
        self._log = log
        options = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = [sys.executable, "-m", "celery", "-A", "shopsite", "worker"]
        command += ["--hostname", self.name, "--concurrency", "2", *options]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, "--loglevel", "INFO"],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def wait_until_ready(self) -> None:
        def is_ready() -> bool:
            assert self.process.poll() is None, self.log
            return " ready." in self.log

        eventually(is_ready, "the worker starts", seconds=60)

    def kill(self) -> None:
        """As the kernel does it when memory runs out: no last words."""
        self._signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return
