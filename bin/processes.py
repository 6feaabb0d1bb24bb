"""Runs several processes as one foreground command, and leaves none of them behind.

Honcho would do for well-behaved processes. But it takes a process for alive as long as anything
holds its output open, and the worker of a web server that was killed does; it also leaves
everything running when the terminal window closes. So each process here is a group of its own,
watched by its process id, and the whole group is ended.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 8.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Command:
    """A process to run: the name in front of its lines, and its arguments."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


@dataclass
class Running:
    command: Command
    process: subprocess.Popen[str]
    reader: threading.Thread | None = None
    last_line: str = ""


@dataclass
class ProcessGroup:
    """The processes of one foreground command."""

    name_width: int
    running: list[Running] = field(default_factory=list)
    signals: int = 0
    is_ending: bool = False

    def start(self, command: Command) -> None:
        process = subprocess.Popen(
            command.arguments,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches this program alone, which ends the others.
        )
        running = Running(command, process)
        running.reader = threading.Thread(target=self._relay, args=(running,), daemon=True)
        running.reader.start()
        self.running.append(running)

    def first_ended(self) -> Running | None:
        return next((each for each in self.running if each.process.poll() is not None), None)

    def end(self) -> None:
        """Ends every group: politely, and by force those that are still there after a while."""
        # What they say on their way out interests nobody.
        self.is_ending = True
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        asked = self.signals
        while any(each.process.poll() is None for each in self.running):
            if time.monotonic() > deadline or self.signals > asked:
                break
            time.sleep(0.05)
        # Also after a clean end: what a process that died has started may live on in its group.
        self._signal_all(signal.SIGKILL)
        for each in self.running:
            each.process.wait()
            if each.reader is not None:
                each.reader.join(timeout=1)

    def note_signal(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1

    def _signal_all(self, number: signal.Signals) -> None:
        for each in self.running:
            with suppress(ProcessLookupError):
                os.killpg(each.process.pid, number)

    def _relay(self, running: Running) -> None:
        if running.process.stdout is None:
            return
        for line in running.process.stdout:
            running.last_line = line.strip() or running.last_line
            if not self.is_ending:
                say(f"{running.command.name:{self.name_width}} | {line.rstrip()}")


def say(line: str) -> None:
    """Prints one line at once; a reader that went away is no reason to stop."""
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def run_together(commands: Sequence[Command], on_start: Callable[[], None]) -> int:
    """Runs the commands until a signal comes or one of them ends, then ends them all.

    Calls `on_start` in a thread once all are started. Returns the exit code: 0 when a person
    stopped it, 1 when a process ended by itself; then it says which and why.
    """
    group = ProcessGroup(name_width=max(len(command.name) for command in commands))
    for number in STOP_SIGNALS:
        signal.signal(number, group.note_signal)
    ended: Running | None = None
    try:
        for command in commands:
            if not group.signals:
                group.start(command)
        threading.Thread(target=on_start, daemon=True).start()
        while not group.signals and ended is None:
            time.sleep(0.1)
            ended = group.first_ended()
        if not group.signals and ended is not None:
            if ended.reader is not None:
                ended.reader.join(timeout=1)
            say(f"{describe_end(ended)} The others are stopped too.")
        else:
            say("Stopping.")
    finally:
        group.end()
    return 0 if group.signals and ended is None else 1


def describe_end(ended: Running) -> str:
    """Which process ended and why, in a sentence or two."""
    code = ended.process.returncode
    how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
    words = f" Its last words: {ended.last_line}" if code > 0 and ended.last_line else ""
    return f"The process {ended.command.name} {how}.{words}"
