"""Order numbers: easy to read out on the phone, telling nobody how many orders there are."""

import secrets

from django.utils import timezone

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # Without 0, 1, I and O.
RANDOM_LENGTH = 6  # A billion a day: unique for any shop, and the database makes sure.


def make_order_number() -> str:
    """Such as 261122-K7QMRW: the day, then chance."""
    tail = "".join(secrets.choice(ALPHABET) for _position in range(RANDOM_LENGTH))
    return f"{timezone.localdate():%y%m%d}-{tail}"
