"""The key that lets a run ask Stripe itself."""

from collections.abc import Mapping

VARIABLE = "STRIPE_LIVE_TEST_KEY"


class KeyRefused(Exception):
    """What is set is no key of test mode. The message does not repeat it."""


def read_key(environment: Mapping[str, str]) -> str | None:
    """The key, or None when none is set. Raises KeyRefused for a key that could move money."""
    key = environment.get(VARIABLE, "").strip()
    if not key:
        return None
    if key.startswith("sk_live_"):
        raise KeyRefused(f"{VARIABLE} is a live key. Only a key of test mode is used here.")
    if not key.startswith("sk_test_"):
        raise KeyRefused(f"{VARIABLE} must begin with sk_test_.")
    return key
