"""The programs of a run: started as in production, killed without a word, started again."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from honcho.environ import parse_procfile

from bin.chaos.options import ChaosError
from bin.demo_environment import ROOT

STOP_SECONDS = 12.0


def read_procfile(*names: str) -> dict[str, str]:
    """The command lines of these programs, as production runs them."""
    processes: dict[str, str] = parse_procfile((ROOT / "Procfile").read_text()).processes
    return {name: processes[name] for name in names}


class Program:
    """One program in a process group of its own, with a log that all its lives share."""

    def __init__(
        self, name: str, command: str, *, environment: Mapping[str, str], folder: Path
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = command
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._begins_at = 0
        self._is_wanted = False
        self._lock = threading.RLock()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Does nothing while it runs."""
        with self._lock:
            self._is_wanted = True
            if self.is_running:
                return
            self._begins_at = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as output:
                self._process = subprocess.Popen(
                    ["/bin/sh", "-c", f"exec {self._command}"],
                    cwd=ROOT,
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def revive(self) -> None:
        """Starts it again when it has ended by itself, as the supervisor of a machine does."""
        with self._lock:
            if self._is_wanted:
                self.start()

    def kill(self) -> None:
        """Kills it and all it has started, as a machine does that loses its power."""
        with self._lock:
            self._is_wanted = False
            self._signal(signal.SIGKILL)
            if self._process is not None:
                self._process.wait()

    def kill_child(self) -> bool:
        """Kills one of the processes it has started; False when there is none."""
        with self._lock:
            children = self._children()
            if not children:
                return False
            with suppress(ProcessLookupError):
                os.kill(children[-1], signal.SIGKILL)
            return True

    def stop(self) -> None:
        """Asks it to end, and kills what is still there after a while."""
        with self._lock:
            self._is_wanted = False
            if self._process is not None and self.is_running:
                # The first of the group alone: it tells the others what they have to finish.
                self._process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_SECONDS)
            self.kill()

    def wait_for_log(self, text: str, *, seconds: float = 120.0) -> None:
        """Until its log of this life holds the text. Raises ChaosError with the log's end."""
        deadline = time.monotonic() + seconds
        while text not in (words := self._words()):
            if time.monotonic() > deadline or not self.is_running:
                raise ChaosError(f"{self.name} did not start. Its log ends: {words[-800:]}")
            time.sleep(0.1)

    def _words(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._begins_at)
            return log.read().decode(errors="replace")

    def _children(self) -> list[int]:
        if self._process is None:
            return []
        path = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        try:
            return [int(pid) for pid in path.read_text().split()]
        except OSError:
            return []

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
