"""What a logger is told during a test."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening_to(name: str) -> Iterator[list[str]]:
    """Level and message of each record of this logger."""
    told: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(f"{record.levelname}: {record.getMessage()}")

    logger, listener = logging.getLogger(name), Listener()
    logger.addHandler(listener)
    try:
        yield told
    finally:
        logger.removeHandler(listener)
