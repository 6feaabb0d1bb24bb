"""Whether the shop of a run answers, and waiting until it does."""

import time
import urllib.request

from bin.chaos.options import ChaosError

READY_SECONDS = 240.0  # A busy machine takes its time.


def wait_until_answered(address: str) -> None:
    """Raises ChaosError when nobody answers for minutes."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(address):
        if time.monotonic() > deadline:
            raise ChaosError(f"Nobody answers at {address}; see the logs in var/chaos/.")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False
