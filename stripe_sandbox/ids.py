"""Identifiers shaped as Stripe's."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_id(prefix: str) -> str:
    """``pi_3Q...``: the prefix, a generation digit and 23 random characters."""
    return f"{prefix}_1{_random(23)}"


def new_session_id() -> str:
    """``cs_test_a1...``, 66 characters long as Stripe's are."""
    return f"cs_test_a1{_random(56)}"


def new_webhook_secret() -> str:
    """``whsec_...``: what the events of one webhook endpoint are signed with."""
    return f"whsec_{_random(32)}"


def new_request_id() -> str:
    """``req_...``: names one API request in the ``Request-Id`` header and in its events."""
    return f"req_{_random(14)}"
