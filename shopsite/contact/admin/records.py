"""Records of what visitors said of themselves: read, taken along, deleted, never written here."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from shopsite.cms.export_log import note_export
from shopsite.cms.exports import SafeExportMixin


class RecordIndexView(SafeExportMixin, generic.IndexView):
    """Taking it along leaves `export_action` in the history of the site."""

    export_action: ClassVar[str]

    def get_add_url(self) -> None:
        """Visitors write them."""

    def get_edit_url(self, instance: Any) -> None:
        """Nobody changes what somebody said."""

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        answer = super().as_spreadsheet(queryset, spreadsheet_format)
        note_export(
            self.export_action,
            user=self.request.user,
            count=queryset.count(),
            file_format=spreadsheet_format,
        )
        return answer


class RecordViewSet(ModelViewSet):
    """Without the views that write, and without the counting of references."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_inspect_view_kwargs(**{"edit_url_name": None, **kwargs})

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        verbs = ("view", "export", "delete")
        return Permission.objects.filter(
            content_type__app_label=self.app_label,
            codename__in=[f"{verb}_{self.model_name}" for verb in verbs],
        )

    def register_admin_url_finder(self) -> None:
        """There is no page to edit one."""
