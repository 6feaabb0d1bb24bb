"""Unguessable tokens."""

import secrets

TOKEN_BYTES = 24
TOKEN_LENGTH = 32


def make_token() -> str:
    """Return 192 random bits as 32 characters that need no escaping in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)
