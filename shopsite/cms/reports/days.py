"""Spans of whole days, as the shop counts them.

Days begin and end at midnight in the time zone of the shop, whatever zone a person has chosen for
the admin: the books of a shop are the same for everybody who reads them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from shopsite.lib.days import shop_day


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None

    @property
    def begin(self) -> datetime | None:
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The first moment that no longer belongs to it."""
        return _midnight(self.last + timedelta(days=1)) if self.last else None


def shop_today() -> date:
    return shop_day(timezone.now())


def this_month(today: date) -> Days:
    return Days(today.replace(day=1), today)


def last_days(count: int, *, until: date) -> Days:
    return Days(until - timedelta(days=count - 1), until)


def within(days: Days, field: str) -> Q:
    """The condition that there is a moment in `field`, and that it lies in these days."""
    condition = Q(**{f"{field}__isnull": False})
    if days.begin:
        condition &= Q(**{f"{field}__gte": days.begin})
    if days.end:
        condition &= Q(**{f"{field}__lt": days.end})
    return condition


def day_of(field: str) -> TruncDate:
    """The shop's day of the moment in `field`, to group by."""
    zone = timezone.get_default_timezone()
    return TruncDate(field, tzinfo=zone, output_field=DateField())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
