"""Forms of attributes and product types, which say aloud what a change would take away."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from products.details_events import follow_change_of_details
from products.models import Attribute, AttributeChoice, AttributeValue

CODE_LENGTH = Attribute._meta.get_field("code").max_length


class CodeFromNameForm(WagtailAdminModelForm):
    """A code that is left empty is taken from the name. Lists of products follow what is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].help_text = _(
            "Stands in addresses and import files. Leave it empty to take it from the name."
        )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not code:
            code = slugify(self.cleaned_data.get("name", ""))[:CODE_LENGTH].strip("-")
        if not code:
            raise forms.ValidationError(_("Enter a code of small letters, digits and dashes."))
        return code

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        follow_change_of_details()
        return saved


class AttributeForm(CodeFromNameForm):
    """A kind stays while there are answers of it. A choice that products have can be deleted only
    by somebody who was told how many and says so."""

    delete_answers = forms.BooleanField(
        label=gettext_lazy("Delete these answers as well"),
        required=False,
        help_text=gettext_lazy("Only asked when a choice is deleted that products have."),
    )
    has_to_confirm = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        self._check_kind(kind)
        self._check_choices(kind)
        if not cleaned.get("delete_answers"):
            self._check_deleted_choices()
        return cleaned

    def _check_kind(self, kind: str | None) -> None:
        if not self.instance.pk or not kind:
            return
        # Not the instance: its kind may be the posted one by now.
        stored = Attribute.objects.get(pk=self.instance.pk)
        count = AttributeValue.objects.filter(attribute=stored).count()
        if count and kind != stored.kind:
            text = ngettext(
                "%(count)d product has an answer of the kind “%(kind)s”. Remove it first, or make "
                "a new attribute.",
                "%(count)d products have an answer of the kind “%(kind)s”. Remove these first, or "
                "make a new attribute.",
                count,
            )
            self.add_error("kind", text % {"count": count, "kind": stored.get_kind_display()})

    def _check_choices(self, kind: str | None) -> None:
        kept = [form for form in self._choice_forms() if not form.data.get(f"{form.prefix}-DELETE")]
        has_choices = any(form.data.get(f"{form.prefix}-label", "").strip() for form in kept)
        if kind == Attribute.Kind.CHOICE and not has_choices:
            self.add_error("kind", _("Say below which choices there are."))
        elif kind and kind != Attribute.Kind.CHOICE and has_choices:
            text = _("Only “One of several” has choices. Delete those below, or take that kind.")
            self.add_error("kind", text)

    def _check_deleted_choices(self) -> None:
        deleted = [
            form.instance
            for form in self._choice_forms()
            if form.instance.pk and form.data.get(f"{form.prefix}-DELETE")
        ]
        for choice in deleted:
            count = AttributeValue.objects.filter(choice=choice).count()
            if count:
                self.has_to_confirm = True
                self.add_error("delete_answers", _lost_choice_text(choice, count))

    def _choice_forms(self) -> list[Any]:
        formset = self.formsets.get("choices")
        return list(formset.forms) if formset is not None and formset.is_bound else []


def _lost_choice_text(choice: AttributeChoice, count: int) -> str:
    text = ngettext(
        "“%(label)s” is the answer of %(count)d product.",
        "“%(label)s” is the answer of %(count)d products.",
        count,
    )
    return text % {"label": choice.label, "count": count}
