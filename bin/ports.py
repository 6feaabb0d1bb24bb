"""Ports: reading them from the environment and finding out who has them."""

import random
import socket
from contextlib import closing

# Below the ports that Linux gives to outgoing connections.
LASTING = (20_000, 32_000)


def parse_port(name: str, text: str) -> int:
    """The port that the environment variable `name` gives; ValueError in words for a person."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ValueError(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        # As servers do: a connection that closed a moment ago does not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def find_free() -> int:
    """A port of this machine that nobody had a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_lasting() -> int:
    """A free port that no connection of this machine's is given by chance: whoever leaves it for a
    moment can have it back."""
    while not is_free(port := random.randrange(*LASTING)):  # noqa: S311
        pass
    return port
