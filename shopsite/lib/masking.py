"""Takes out of a text what must stand in no log: addresses, secrets, and links that open a door."""

import re

STARS = "***"
LONGEST = 20_000
# Order matters: a password in an address looks like a part of an e-mail address. Nothing is looked
# for from the middle of a word, which would take a quadratic time: strangers write into logs.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=://)[^/\s@\"']+@"), f"{STARS}@"),
    (re.compile(r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"), f"{STARS}@{STARS}"),
    (
        re.compile(r"(?<![\w.+'-])[\w.+'-]+%40[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        f"{STARS}@{STARS}",
    ),
    (re.compile(r"\b((?:sk|rk)_(?:live|test)_|whsec_)\w+"), rf"\1{STARS}"),
    # Links to orders, to log in, to a subscription, and to a new password.
    (
        re.compile(
            r"(/(?:orders|checkout/return|checkout/canceled|newsletter|account/log-in"
            r"|password_reset/confirm/[^/\s]+)/)[\w:.-]{20,}"
        ),
        rf"\1{STARS}",
    ),
    # PostgreSQL repeats the row that it refused, with all that a shopper has told us.
    (re.compile(r"^(\s*DETAIL: ).*$", re.MULTILINE), rf"\1{STARS}"),
)


def mask(text: str) -> str:
    """The text with stars in the place of each of them; the same again when it is masked twice.
    What is longer than any honest line is cut."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]} ..."
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text
