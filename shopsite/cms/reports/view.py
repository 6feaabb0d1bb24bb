"""A report of figures in the admin: a table with totals, and its rows as CSV or XLSX."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise, cached_property
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from shopsite.cms.exports import SafeExportMixin
from shopsite.cms.reports.choosing import (
    DaysFilterSet,
    Spans,
    as_links,
    chosen_days,
    day_words,
    usual_spans,
    with_usual_days,
)
from shopsite.cms.reports.columns import ReportColumn, add_up, foot_of, number_format_of
from shopsite.cms.reports.days import Days, shop_today, this_month

Totals = list[tuple[str, dict[str, Any]]]


class FiguresReport(SafeExportMixin, ReportView):
    """`find_rows` gives all rows, or a queryset of which the page makes rows by `decorate`."""

    permission: ClassVar[str]
    figures: ClassVar[tuple[ReportColumn, ...]]
    explanation: ClassVar[Promise]
    nothing_found: ClassVar[Promise]
    problem: str | Promise = ""  # Why there is nothing to show, when that is a fault.
    results_template_name = "cms/admin/figures_results.html"
    is_searchable = False
    paginate_by = 100
    model = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find_rows(self) -> Any:
        raise NotImplementedError

    def find_totals(self) -> Totals:
        return add_up(self.figures, self.rows)

    @cached_property
    def rows(self) -> Any:
        return self.find_rows()

    @property
    def caption(self) -> str:
        return str(self.page_title)

    @cached_property
    def shown_columns(self) -> list[ReportColumn]:
        return [column for column in self.figures if column.is_on_page]

    def get_filtered_queryset(self) -> Any:
        return self.rows

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.is_export:
            return context
        context["media"] += Media(css={"all": ["css/admin/figures.css"]})
        foot = foot_of(self.shown_columns, self.find_totals())
        return {**context, "foot": foot, "caption": self.caption}

    def lines(self, rows: Sequence[object]) -> Iterator[list[Any]]:
        """The cells of some rows, for the template."""
        for row in rows:
            yield [column.cell(row) for column in self.shown_columns]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        if not self.is_export:
            context["lines"] = self.lines(context["object_list"])
        response: HttpResponseBase = super().render_to_response(context, **kwargs)
        return response

    # --- The rows to take along ---------------------------------------------------------------

    @property
    def export_permission(self) -> str:  # type: ignore[override]
        return self.permission

    @cached_property
    def taken_columns(self) -> list[ReportColumn]:
        return [column for column in self.figures if column.is_taken_along]

    @property
    def list_export(self) -> list[str]:
        return [column.name for column in self.taken_columns]

    @property
    def export_headings(self) -> dict[str, Any]:
        return {column.name: column.label for column in self.taken_columns}

    def get_filename(self) -> str:
        return f"{self.index_url_name}-{shop_today()}".replace("_", "-")

    def to_row_dict(self, item: object) -> OrderedDict[str, object]:
        cells = ((column.name, column.taken_along(item)) for column in self.taken_columns)
        return OrderedDict(cells)

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, object], date_format: str | None = None
    ) -> Iterator[Any]:
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            if isinstance(cell.value, str):
                cell.data_type = "s"  # openpyxl would take "#N/A" for an error.
            elif isinstance(cell.value, Decimal):
                cell.number_format = number_format_of(cell.value)
            yield cell


class FiguresOfDaysReport(FiguresReport):
    """A report of the days that a person chooses."""

    filterset_class = DaysFilterSet

    @cached_property
    def days(self) -> Days | None:
        return chosen_days(self.filters)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Django-filter insists on a queryset, though none is filtered."""
        return {
            **super().get_filterset_kwargs(),
            "data": with_usual_days(self.request.GET, days=self.default_days(shop_today())),
            "queryset": Page.objects.none(),
        }

    @property
    def caption(self) -> str:
        """Whoever cannot see the filter above the table hears the days here."""
        return ", ".join([super().caption, *day_words(self.days)])

    def find_rows(self) -> Any:
        return self.rows_of(self.days) if self.days else []

    def rows_of(self, days: Days) -> Any:
        raise NotImplementedError

    def default_days(self, today: date) -> Days:
        """Those that are shown when none were chosen."""
        return this_month(today)

    def spans(self, today: date) -> Spans:
        """What can be chosen at one press."""
        return usual_spans(today)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        spans = as_links(self.spans(shop_today()), chosen=self.days, query=self.request.GET.dict())
        return {**context, "spans": spans, "days": self.days, "has_days": True}

    def get_filename(self) -> str:
        days = self.days
        span = f"{days.first or ''}-{days.last or ''}" if days else str(shop_today())
        return f"{self.index_url_name}-{span}".replace("_", "-")
