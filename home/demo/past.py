"""Records of the past days, with the dates they would have."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextmanager
def as_if_at(moment: datetime) -> Iterator[None]:
    """Lets everything within it believe that it is `moment`: order numbers, invoices and logs are
    dated by services that ask the clock. Only for a program with one thread, such as a command."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
