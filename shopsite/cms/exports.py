"""What every export of a list in the admin has in common."""

from collections.abc import Callable
from datetime import date, time
from functools import wraps
from numbers import Number
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from shopsite.lib.text import plain_line, safe_spreadsheet_cell

MAX_TEXT = 30_000  # A cell holds 32767 characters.


PLAIN = (Number, date, time, type(None))  # What a spreadsheet takes as it is.

Preprocess = Callable[..., object]


def protect_every_export() -> None:
    """Makes the lists of Wagtail's own as safe to open as the shop's: a search that some visitor
    typed is in one of them, and Wagtail writes text into a CSV as it is. Called once, at start."""
    mixin: Any = SpreadsheetExportMixin
    mixin.preprocess_field_value = _protected(mixin.preprocess_field_value)


def _protected(preprocess: Preprocess) -> Preprocess:
    @wraps(preprocess)
    def protected(*args: object, **kwargs: object) -> object:
        value = preprocess(*args, **kwargs)
        return value if isinstance(value, PLAIN) else safe_spreadsheet_cell(str(value))

    return protected


def _safe(text: str) -> object:
    return safe_spreadsheet_cell(plain_line(text, MAX_TEXT))


class SafeExportMixin:
    """For an index view of Wagtail's: whoever holds `export_permission` takes the list along, and
    no spreadsheet runs what somebody typed."""

    export_permission: ClassVar[str]
    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {IndexView.FORMAT_CSV: _safe, IndexView.FORMAT_XLSX: _safe},
    }

    @property
    def may_export(self) -> bool:
        is_allowed: bool = self.request.user.has_perm(self.export_permission)  # type: ignore[attr-defined]
        return is_allowed

    @property
    def show_export_buttons(self) -> bool:
        return self.may_export

    def get_filename(self) -> str:
        return f"{self.model._meta.model_name}-{timezone.localdate()}"  # type: ignore[attr-defined]

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        if not self.may_export:
            raise PermissionDenied
        answer: HttpResponseBase = super().as_spreadsheet(queryset, spreadsheet_format)  # type: ignore[misc]
        return answer
