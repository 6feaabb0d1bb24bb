from collections.abc import Iterator

import pytest

from tests.contact.sending import forget_counters


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Each test is a client of its own to the limits."""
    forget_counters()
    yield
    forget_counters()
