"""Import and export in the "Products" menu: upload, watch, look at the report, import, download."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView, View
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from products.admin.permissions import staff_user
from products.catalog_file.columns import ATTRIBUTE_PREFIX, HELP
from products.catalog_file.reporting import Report, summary_lines
from products.jobs import due_jobs, start_again, start_check, start_export, start_import
from products.models import Attribute, ImportJob

MAX_BYTES = 20 * 1024 * 1024
REFRESH_SECONDS = 3
SHOWN_PROBLEMS = 200


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        help_text=gettext_lazy("CSV in UTF-8, at most 20 MB."),
    )
    with_pages = forms.BooleanField(
        label=gettext_lazy("Make the draft of a page for each product that has none"),
        required=False,
        help_text=gettext_lazy("Editors write their stories and publish them."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Please split it."))
        return file


class _JobMixin(WagtailAdminTemplateMixin):
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("products.add_importjob"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("import_jobs_admin:index"), "label": _("Import and export")},
            {"url": "", "label": self.page_title},
        ]


class ImportUploadView(_JobMixin, FormView):
    form_class = ImportForm
    template_name = "products/admin/import_upload.html"
    page_title = gettext_lazy("Import products")

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        job = start_check(
            file_name=file.name,
            content=file.read(),
            with_pages=form.cleaned_data["with_pages"],
            user=staff_user(self.request),
        )
        return redirect("import_jobs_admin:job", job.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        codes = Attribute.objects.values_list("code", "name")
        context["columns"] = [
            *HELP.items(),
            *((f"{ATTRIBUTE_PREFIX}{code}", name) for code, name in codes),
        ]
        return context


class ImportJobView(_JobMixin, TemplateView):
    """The state of a job. Asks for itself again while it is on its way, without a script, until
    somebody says to stop."""

    template_name = "products/admin/import_job.html"

    @property
    def page_title(self) -> str:
        return self.job.file_name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job = get_object_or_404(ImportJob.objects.defer("content"), pk=kwargs["pk"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        job = self.job
        is_export = job.step == ImportJob.Step.EXPORT
        report = Report() if is_export else Report.from_json(job.report)
        is_still = "still" in self.request.GET
        return {
            **context,
            "job": job,
            "is_export": is_export,
            "is_check": job.step == ImportJob.Step.CHECK,
            "refresh": REFRESH_SECONDS if job.is_on_its_way and not is_still else None,
            "is_still": is_still,
            "report": report,
            "summary": summary_lines(report),
            "problems": report.problems[:SHOWN_PROBLEMS],
            "more_problems": report.problem_count - len(report.problems[:SHOWN_PROBLEMS]),
            "can_start_again": job.state == ImportJob.State.FAILED
            or due_jobs().filter(pk=job.pk, state=ImportJob.State.RUNNING).exists(),
        }


class _JobAction(View):
    """A POST of somebody who may import, about one job."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("products.add_importjob"):
            raise PermissionDenied
        job = get_object_or_404(ImportJob, pk=pk)
        self.act(request, job)
        return redirect("import_jobs_admin:job", job.pk)

    def act(self, request: HttpRequest, job: ImportJob) -> None:
        raise NotImplementedError


class StartImportView(_JobAction):
    def act(self, request: HttpRequest, job: ImportJob) -> None:
        if not start_import(job=job):
            messages.warning(request, _("This import was started already."))


class StartAgainView(_JobAction):
    def act(self, request: HttpRequest, job: ImportJob) -> None:
        if not start_again(job=job):
            messages.warning(request, _("There is nothing to start again."))


class StartExportView(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("products.add_importjob"):
            raise PermissionDenied
        job = start_export(user=staff_user(request))
        return redirect("import_jobs_admin:job", job.pk)


class DownloadView(View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("products.add_importjob"):
            raise PermissionDenied
        done = ImportJob.objects.filter(state=ImportJob.State.DONE, step=ImportJob.Step.EXPORT)
        job = get_object_or_404(done, pk=pk)
        response = HttpResponse(bytes(job.content), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{job.file_name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class ImportJobIndexView(generic.IndexView):
    template_name = "products/admin/import_jobs.html"
    page_title = gettext_lazy("Import and export")

    def get_base_queryset(self) -> QuerySet[ImportJob]:
        jobs = super().get_base_queryset().defer("content", "report")
        return jobs.select_related("user__wagtail_userprofile")

    def get_add_url(self) -> None:
        """The buttons for import and export stand together above the list."""

    def get_delete_url(self, instance: ImportJob) -> None:
        """Old jobs go by themselves."""

    def get_edit_url(self, instance: ImportJob) -> str:
        return reverse("import_jobs_admin:job", args=[instance.pk])


class ImportJobViewSet(ModelViewSet):
    model = ImportJob
    url_prefix = "product-files"
    url_namespace = "import_jobs_admin"
    icon = "upload"
    menu_label = gettext_lazy("Import and export")
    index_view_class = ImportJobIndexView
    list_display = [
        TitleColumn(
            "file_name",
            label=gettext_lazy("File"),
            get_url=lambda job: reverse("import_jobs_admin:job", args=[job.pk]),
        ),
        Column("step", label=gettext_lazy("What"), accessor="get_step_display"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("Started"), sort_key="created_at"),
        UserColumn("user", label=gettext_lazy("By")),
    ]
    ordering = ["-created_at", "-pk"]
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("import/", ImportUploadView.as_view(), name="add"),
            path("export/", StartExportView.as_view(), name="export"),
            path("<int:pk>/", ImportJobView.as_view(), name="job"),
            path("<int:pk>/import/", StartImportView.as_view(), name="start"),
            path("<int:pk>/again/", StartAgainView.as_view(), name="again"),
            path("<int:pk>/download/", DownloadView.as_view(), name="download"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label="products", codename__in=["add_importjob", "view_importjob"]
        )

    def register_admin_url_finder(self) -> None:
        """A job has a page of its own, but nobody looks for it."""
