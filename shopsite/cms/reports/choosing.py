"""How a person chooses the days of a report: Wagtail's filters, and usual spans at one press."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from shopsite.cms.reports.days import Days, this_month

FIELD = "days"
FROM, TO = f"{FIELD}_from", f"{FIELD}_to"
NOT_KEPT = {FROM, TO, "p", "export", "_w_filter_fragment"}


class DaysFilterSet(WagtailFilterSet):
    """Says which days; what is asked for them is the report's."""

    days = django_filters.DateFromToRangeFilter(
        label=_("Days"), method="leave", widget=DateRangePickerWidget
    )

    def leave(self, rows: Any, name: str, value: slice) -> Any:
        return rows


@dataclass(frozen=True)
class Span:
    """One of the usual spans of days, as a link."""

    label: str | Promise
    query: str
    is_chosen: bool


YEARS = range(1970, 9999)  # Beyond them a day has no neighbor, or a database no moment.
Spans = list[tuple[str | Promise, Days]]


def with_usual_days(query: QueryDict, *, days: Days) -> QueryDict:
    """What was asked for, with these days when none were."""
    if query.get(FROM) or query.get(TO):
        return query
    asked = query.copy()
    for name, value in _query(days).items():
        asked[name] = value
    return asked


def chosen_days(filters: DaysFilterSet) -> Days | None:
    """None for days that there are not: a report of everything would be worse than none."""
    if not filters.is_valid():
        return None
    chosen = filters.form.cleaned_data[FIELD]
    first, last = (moment and moment.date() for moment in (chosen.start, chosen.stop))
    is_possible = all(day is None or day.year in YEARS for day in (first, last))
    return Days(first, last) if is_possible and not (first and last and first > last) else None


def day_words(days: Days | None) -> list[str]:
    """From when and until when."""
    if days is None:
        return []
    words = []
    if days.first:
        words.append(gettext("from %(day)s") % {"day": date_format(days.first)})
    if days.last:
        words.append(gettext("to %(day)s") % {"day": date_format(days.last)})
    return words


def usual_spans(today: date) -> Spans:
    end_of_last_month = today.replace(day=1) - timedelta(days=1)
    last_year = today.year - 1
    return [
        (_("This month"), this_month(today)),
        (_("Last month"), Days(end_of_last_month.replace(day=1), end_of_last_month)),
        (_("This year"), Days(date(today.year, 1, 1), today)),
        (_("Last year"), Days(date(last_year, 1, 1), date(last_year, 12, 31))),
    ]


def as_links(spans: Spans, *, chosen: Days | None, query: Mapping[str, str]) -> list[Span]:
    """As links that keep what else is asked for in the query.

    One is chosen at most: in January this month is this year as well.
    """
    kept = {name: value for name, value in query.items() if name not in NOT_KEPT}
    fitting = next((label for label, days in spans if days == chosen), None)
    return [Span(label, urlencode(kept | _query(days)), label is fitting) for label, days in spans]


def days_query(days: Days) -> str:
    """The days as the query of a report's address; an open end is left out."""
    return urlencode({name: value for name, value in _query(days).items() if value})


def _query(days: Days) -> dict[str, str]:
    return {FROM: str(days.first or ""), TO: str(days.last or "")}
