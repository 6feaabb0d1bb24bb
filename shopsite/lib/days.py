"""Days as the shop's books count them."""

from datetime import date, datetime

from django.utils import timezone


def shop_day(moment: datetime) -> date:
    """The day it was at the shop, whatever time zone the person at work has set for the admin."""
    return timezone.localdate(moment, timezone.get_default_timezone())
