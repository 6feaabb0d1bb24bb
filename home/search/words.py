"""What was typed, made into words. Pure."""

import unicodedata

from shopsite.lib.text import plain_line

MAX_QUERY_LENGTH = 200


def clean_query(text: str) -> str:
    """What was typed as one harmless line; empty for nothing but white space."""
    return plain_line(text[: MAX_QUERY_LENGTH * 2], MAX_QUERY_LENGTH + 1)[:MAX_QUERY_LENGTH].strip()


def words_of(query: str) -> list[str]:
    """Only letters, digits and what belongs to letters.

    The indexes hold nothing else, and a lone quotation mark is a syntax error to SQLite's.
    """
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in query)
    return "".join(kept).split()
