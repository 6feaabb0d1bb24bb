"""Which landing pages are campaigns, and which of them end soon."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from home.models import LandingPage, LandingTemplatesPage
from shopsite.cms.page_facts import leaves_of_page

CAMPAIGN_DEPTH = 4  # Below root, home and the landing pages.
SOON = timedelta(days=7)
# The fields of blocks that say when something on the page is over.
ENDS = frozenset({"ends_at", "show_until"})


def is_campaign(page: LandingPage) -> bool:
    """One directly below the home page, such as the terms of sale, is none."""
    return page.depth == CAMPAIGN_DEPTH


def without_templates(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Templates are drafts for ever, and so is their folder. One query for where that is."""
    for path in LandingTemplatesPage.objects.values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


def campaigns_ending_soon() -> list[int]:
    """Live landing pages that are taken back within seven days, or on which something ends by
    then, such as a countdown. One query."""
    now = timezone.now()
    pages = LandingPage.objects.live().only("pk", "expire_at", "body")
    return [page.pk for page in pages if any(is_soon(end, now=now) for end in ends_of(page))]


def is_soon(moment: datetime, *, now: datetime) -> bool:
    return now < moment <= now + SOON


def ends_of(page: LandingPage) -> list[datetime]:
    """All moments at which something of the page is over, past ones as well."""
    leaves = leaves_of_page(page)
    moments = [_moment(leaf.value) for leaf in leaves if leaf.name in ENDS]
    return [moment for moment in [page.expire_at, *moments] if moment is not None]


def _moment(value: Any) -> datetime | None:
    """What a stream keeps of a date and time: a text, or the moment itself."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
