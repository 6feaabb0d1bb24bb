"""The door to the message broker, for web requests: quick, and never in the way.

A message is a nudge. Whoever sends one can do without: mail waits in the outbox, Wagtail's work is
done on the spot. So a broker that is down is not waited for, and not asked again for a while.
"""

import logging
import time
from collections.abc import Sequence
from typing import Any

from celery import current_app

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 0.5  # How long the broker has to confirm a message; then it counts as not sent.
PAUSE_SECONDS = 5.0  # One request in so many seconds finds out whether the broker is back.

_asked_again_from = 0.0  # time.monotonic(); belongs to the process, like the connections.


def send_task(name: str, args: Sequence[Any]) -> bool:
    """Hands a task to the workers; True when the broker has confirmed that it holds the message.

    Never raises. Waits for half a second at most to be connected and as long for the answer.
    """
    global _asked_again_from
    if time.monotonic() < _asked_again_from:
        return False
    try:
        _publish(name, args)
    except Exception as error:  # noqa: BLE001 - a broker must never break what was committed
        _asked_again_from = time.monotonic() + PAUSE_SECONDS
        logger.warning("The broker did not take %s: %s", name, type(error).__name__)
        return False
    return True


def _publish(name: str, args: Sequence[Any]) -> None:
    with current_app.producer_pool.acquire(block=True, timeout=ANSWER_SECONDS) as producer:
        try:
            current_app.send_task(
                name,
                args,
                producer=producer,
                retry=False,
                ignore_result=True,
                confirm_timeout=ANSWER_SECONDS,
            )
        except Exception:
            # An answer that comes late must not be taken for that of the next message.
            if producer.connection is not None:
                producer.connection.collect()
            raise
