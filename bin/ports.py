"""Ports: reading them from the environment and finding out who has them."""

import socket
from contextlib import closing


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
