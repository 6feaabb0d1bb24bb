"""The broker of a machine without one: kombu's, whose messages are files, made safe to read.

Kombu gives a message its final name first and writes it then. A worker that looks in between takes
an empty file: the message is lost, and the worker ends over it.
"""

import os
from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    # Kombu's own channels call the second parameter by two names.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Writes the message beside its place and moves it there whole. Read in the order of names,
        so the name begins with the time, as wide as it will ever be."""
        path = Path(self.data_folder_out) / f"{monotonic_ns():020d}_{uuid4()}.{queue}.msg"
        unfinished = path.with_suffix(".part")
        try:
            unfinished.write_text(dumps(payload))
            os.replace(unfinished, path)
        except OSError as error:
            raise ChannelError(f"The message could not be written to {path.parent}.") from error


class Transport(filesystem.Transport):
    Channel = Channel
