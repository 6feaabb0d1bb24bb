"""The report of live content that sells nothing, with a way to swap each dead product."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.reports import ReportView

from products.admin.permissions import staff_user
from products.admin.selling_access import can_see_what_sells
from products.admin.swap_links import swap_url
from products.dead_content import DeadContent, DeadUse, dead_content

ALSO_PARTLY = "partly"


@dataclass(frozen=True)
class UseRow:
    """One product of a row. `swap_url` is empty for who may not change the content."""

    dead: DeadUse
    edit_url: str
    swap_url: str


@dataclass(frozen=True)
class Row:
    content: DeadContent
    edit_url: str
    uses: tuple[UseRow, ...]

    @property
    def products(self) -> str:
        return "; ".join(f"{row.dead.block}: {row.dead.state}" for row in self.uses)


class DeadContentReport(ReportView):
    page_title = _("Content that sells nothing")
    header_icon = "warning"
    index_url_name = "sells_nothing_report"
    index_results_url_name = "sells_nothing_report_results"
    template_name = "products/admin/dead_content_report.html"
    results_template_name = "products/admin/dead_content_report_results.html"
    export_headings = {
        "content.title": _("Content"),
        "content.kind": _("Type"),
        "products": _("Products that cannot be bought"),
    }
    list_export = ["content.title", "content.kind", "products"]
    is_searchable = False
    model = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_see_what_sells(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def also_partly(self) -> bool:
        return bool(self.request.GET.get(ALSO_PARTLY))

    def get_filtered_queryset(self) -> list[Any]:
        found = dead_content(also_partly=self.also_partly)
        return _rows(found, self.request) if self.is_export else found

    def decorate_paginated_queryset(self, object_list: Any) -> list[Row]:
        return object_list if self.is_export else _rows(object_list, self.request)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "also_partly": self.also_partly}


def _rows(found: Iterable[DeadContent], request: HttpRequest) -> list[Row]:
    found = list(found)
    instances = _instances(found)
    finder = AdminURLFinder(request.user)
    rows = []
    for content in found:
        instance = instances.get((content.model, content.pk))
        if instance is not None:
            edit_url = finder.get_edit_url(instance) or ""
            uses = tuple(_use_row(use, instance, edit_url, request) for use in content.uses)
            rows.append(Row(content, edit_url, uses))
    return rows


def _use_row(dead: DeadUse, instance: Any, edit_url: str, request: HttpRequest) -> UseRow:
    return UseRow(
        dead,
        edit_url=f"{edit_url}#:w:contentpath={dead.use.path}" if edit_url else "",
        swap_url=swap_url(
            instance, dead.use.page_id, staff_user(request), next_url=request.get_full_path()
        ),
    )


def _instances(found: Iterable[DeadContent]) -> dict[tuple[type[models.Model], Any], Any]:
    """One query for each kind of content on this page of the report."""
    by_model: dict[type[models.Model], list[Any]] = defaultdict(list)
    for content in found:
        by_model[content.model].append(content.pk)
    return {
        (model, instance.pk): instance
        for model, pks in by_model.items()
        for instance in model._default_manager.filter(pk__in=pks)
    }
