"""What the admin checks when a form is saved."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

CHOICE_TYPES = frozenset({"checkboxes", "dropdown", "radio"})


class ContactFormAdminForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        """Each field has a label of its own, and those that offer a choice offer some."""
        cleaned: dict[str, Any] = super().clean()
        if "fields" not in self.formsets:
            return cleaned
        seen: set[str] = set()
        rows = [row for row in self.formsets["fields"].forms if row.is_valid()]
        for row in rows:
            if row.cleaned_data.get("DELETE"):
                continue
            name = row.instance.clean_name or row.instance.get_field_clean_name()
            if name in seen:
                row.add_error("label", _("Another field has this label, or one read alike."))
            seen.add(name)
            has_choices = bool(row.cleaned_data.get("choices", "").strip())
            if row.cleaned_data.get("field_type") in CHOICE_TYPES and not has_choices:
                row.add_error("choices", _("Enter what can be chosen, one to a line."))
        return cleaned
