"""What was sent through forms. It is read, taken along and deleted; nobody writes it here."""

from collections import OrderedDict
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from shopsite.contact.admin.export_log import MESSAGES_EXPORTED
from shopsite.contact.admin.records import RecordIndexView, RecordViewSet
from shopsite.contact.models import ContactForm, FormSubmission


def shown(value: Any) -> str:
    """An answer as text, whatever kind of field it came from."""
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")


class SubmissionFilterSet(WagtailFilterSet):
    form = django_filters.ModelChoiceFilter(queryset=ContactForm.objects.all(), label=_("Form"))

    class Meta:
        model = FormSubmission
        fields = ["form", "submitted_at"]


class SubmissionIndexView(RecordIndexView):
    page_title = _("Messages")
    export_permission = "contact.export_formsubmission"
    export_action = MESSAGES_EXPORTED
    export_headings = {
        "sent": _("Sent"),
        "form": _("Form"),
        "page": _("Page"),
        "sender": _("E-mail of the sender"),
    }

    def get_base_queryset(self) -> QuerySet[FormSubmission]:
        return super().get_base_queryset().select_related("source_page")

    def as_spreadsheet(self, queryset: QuerySet[FormSubmission], spreadsheet_format: str) -> Any:
        """With a column for each label that any of the answers has, in the order they came up."""
        labels: dict[str, None] = {}
        for answers in queryset.values_list("answers", flat=True).iterator():
            labels.update(dict.fromkeys(f"answer: {one['label']}" for one in answers))
        self.list_export = [*self.export_headings, *labels]
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def get_heading(self, queryset: QuerySet[FormSubmission], field: str) -> str:
        heading = self.export_headings.get(field) or field.removeprefix("answer: ")
        return str(self.preprocess_field_value(field, str(heading), self.FORMAT_CSV))

    def to_row_dict(self, item: FormSubmission) -> OrderedDict[str, Any]:
        answers = {f"answer: {one['label']}": shown(one["value"]) for one in item.answers}
        row = {
            "sent": timezone.localtime(item.submitted_at).isoformat(timespec="seconds"),
            "form": item.form_title,
            "page": item.source_page.title if item.source_page else "",
            "sender": item.sender_email,
            **answers,
        }
        return OrderedDict((field, row.get(field, "")) for field in self.list_export)


class SubmissionInspectView(generic.InspectView):
    page_title = _("Message")

    def get_answers_display_value(self) -> SafeString:
        rows = [(one["label"], shown(one["value"])) for one in self.object.answers]
        return format_html_join("", "<p><strong>{}</strong><br>{}</p>", rows)


class SubmissionViewSet(RecordViewSet):
    model = FormSubmission
    icon = "mail"
    url_prefix = "contact/messages"
    menu_label = _("Messages")
    index_view_class = SubmissionIndexView
    inspect_view_class = SubmissionInspectView
    inspect_view_fields = ["submitted_at", "form_title", "source_page", "answers"]
    filterset_class = SubmissionFilterSet
    search_fields = ["form_title", "sender_email", "answers"]
    list_display = [
        TitleColumn("form_title", label=_("Form"), url_name="formsubmission:inspect"),
        Column("sender_email", label=_("E-mail of the sender")),
        Column("source_page", label=_("Page")),
        DateColumn("submitted_at", label=_("Sent"), sort_key="submitted_at"),
    ]
