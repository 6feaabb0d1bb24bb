"""A progress bar for commands that take a while."""

from typing import TextIO

WIDTH = 30
SHARES = 10  # Where nobody watches, a line for each tenth is enough.


class ProgressBar:
    """Writes to a stream such as standard error: one line that moves in a terminal, and a line for
    each tenth of the work into a file."""

    def __init__(self, stream: TextIO, *, total: int) -> None:
        self._stream = stream
        self._total = max(total, 1)
        self._is_watched = stream.isatty()
        self._last_share = 0

    def show(self, done: int, label: str = "") -> None:
        """`done` of the total; the last call, with all of it, ends the line."""
        text = f"{done * 100 // self._total:3d} % {done}/{self._total} {label}".rstrip()
        if self._is_watched:
            filled = done * WIDTH // self._total
            bar = "#" * filled + "." * (WIDTH - filled)
            end = "\n" if done >= self._total else ""
            self._stream.write(f"\r[{bar}] {text}\033[K{end}")
            self._stream.flush()
            return
        share = done * SHARES // self._total
        if share > self._last_share:
            self._last_share = share
            self._stream.write(f"{text}\n")
