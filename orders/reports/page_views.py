"""The report of what pages have sold."""

from collections.abc import Iterable
from dataclasses import replace

import django_filters
from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.models import get_page_models

from orders.reports.page_figures import FIGURES, HOW_IT_IS_COUNTED, PAGES_REPORT, blocks_url
from orders.reports.page_sales import PageSales, sales_by_page
from orders.reports.rights import SEE_PAGE_SALES, lines_seen_by
from shopsite.cms.reports.choosing import DaysFilterSet
from shopsite.cms.reports.columns import ReportColumn
from shopsite.cms.reports.days import Days
from shopsite.cms.reports.view import FiguresOfDaysReport
from shopsite.cms.stored_streams import stream_fields


def page_types() -> list[tuple[str, str]]:
    """Those that can hold a form of a product, by their names in code."""
    models = [model for model in get_page_models() if stream_fields(model)]
    names = [(model._meta.label_lower, str(model.get_verbose_name())) for model in models]
    return sorted(names, key=lambda one: one[1])


class PagesFilterSet(DaysFilterSet):
    type = django_filters.ChoiceFilter(
        label=_("Type"), choices=page_types, method="leave", widget=forms.RadioSelect
    )


class PageSalesReport(FiguresOfDaysReport):
    """Whoever may not see all sales sees those of the pages they may change."""

    page_title = _("Sold by page")
    header_icon = "shop-story"
    permission = SEE_PAGE_SALES
    filterset_class = PagesFilterSet
    index_url_name = PAGES_REPORT
    index_results_url_name = f"{PAGES_REPORT}_results"
    explanation = HOW_IT_IS_COUNTED
    nothing_found = _("No page sold anything in these days.")
    figures = (
        ReportColumn("name", _("Page"), url="url"),
        ReportColumn("kind", _("Type")),
        *FIGURES,
    )

    def rows_of(self, days: Days) -> list[PageSales]:
        chosen = self.filters.form.cleaned_data["type"]
        types = [apps.get_model(chosen)] if chosen else []
        return sales_by_page(days, lines=lines_seen_by(self.request.user, *types))

    def decorate_paginated_queryset(self, object_list: Iterable[PageSales]) -> list[PageSales]:
        return [replace(row, url=blocks_url(row.page_id, self.days)) for row in object_list]
