from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from shopsite.lib.days import kept_since

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAYS_BEFORE_NOON = (NOON - datetime(1, 1, 1, tzinfo=UTC)).days


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("days", "since"),
    [
        (0, None),
        (-1, None),
        (1, datetime(2026, 5, 3, 12, tzinfo=UTC)),
        (DAYS_BEFORE_NOON, datetime(1, 1, 1, 12, tzinfo=UTC)),
        (DAYS_BEFORE_NOON + 1, None),
        (timedelta.max.days + 1, None),
    ],
)
def test_what_is_kept_for_longer_than_there_were_days_is_kept_for_ever(
    days: int, since: datetime | None
) -> None:
    assert kept_since(days) == since
