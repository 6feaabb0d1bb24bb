"""Dates are written in one way for shoppers and in one for people at work."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.formats import date_format

MOMENT = datetime(2026, 11, 28, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATE_FORMAT", "28 November 2026"),
        ("DATETIME_FORMAT", "28 November 2026, 09:05"),
        ("SHORT_DATE_FORMAT", "28 Nov 2026"),
        ("SHORT_DATETIME_FORMAT", "28 Nov 2026, 09:05"),
    ],
)
def test_a_date_is_written_as_the_shop_writes_it(name: str, text: str) -> None:
    assert date_format(MOMENT, name) == text
    assert Template(f"{{{{ at|date:'{name}' }}}}").render(Context({"at": MOMENT})) == text
