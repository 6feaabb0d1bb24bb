"""Days as the shop's books count them."""

from datetime import date, datetime, timedelta

from django.utils import timezone


def shop_day(moment: datetime) -> date:
    """The day it was at the shop, whatever time zone the person at work has set for the admin."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def kept_since(days: int) -> datetime | None:
    """The moment before which something is too old to be kept for so many days; None for 0, which
    keeps it for ever, and for more days than there were."""
    try:
        return timezone.now() - timedelta(days=days) if days > 0 else None
    except OverflowError:
        return None
