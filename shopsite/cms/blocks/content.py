"""The base of every block that stands in a page, and of the streams of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from shopsite.cms.blocks.settings import (
    SETTINGS,
    anchor_field,
    moment_field,
    spacing_choice,
    theme_choice,
    width_choice,
)
from shopsite.lib.changes import will_change


def is_preview(context: Mapping[str, Any] | None) -> bool:
    """Whether a page is being rendered for its editor."""
    return bool(getattr((context or {}).get("request"), "is_preview", False))


class ContentValue(blocks.StructValue):
    """Knows when it is shown. A block without dates always is."""

    def is_shown_at(self, moment: datetime) -> bool:
        start, end = self.get("show_from"), self.get("show_until")
        return (not start or start <= moment) and (not end or moment < end)

    @property
    def is_shown_now(self) -> bool:
        return self.is_shown_at(timezone.now())


class ContentBlock(blocks.StructBlock):
    """A block with the shared settings, drawn in one frame that carries them out.

    A subclass adds its own fields and Meta, and may narrow `theme` and `width` to what makes sense
    for it. With `width = None` it has no choice and stands in the column that Meta.width names.
    """

    # Fields with a moment from which the block looks different.
    changes_at: tuple[str, ...] = ("show_from", "show_until")

    theme = theme_choice()
    width = width_choice("text", "wide", "full")
    spacing = spacing_choice()
    anchor = anchor_field()
    show_from = moment_field(gettext_lazy("Show from"), gettext_lazy("Leave empty for at once."))
    show_until = moment_field(
        gettext_lazy("Show until"), gettext_lazy("Leave empty for as long as the page is there.")
    )

    class Meta:
        value_class = ContentValue
        width = "text"

    def get_form_layout(self) -> blocks.BlockGroup:
        """What Meta.form_layout says, or all fields; with the shared settings folded away."""
        layout = super().get_form_layout()
        own = [name for name in self.child_blocks if name not in SETTINGS]
        named = set(layout.get_sorted_block_names())
        children = [name for name in layout.children if name not in SETTINGS]
        children += [name for name in own if name not in named]
        return blocks.BlockGroup(
            children=children,
            settings=[
                *(name for name in layout.settings if name not in SETTINGS),
                *(name for name in SETTINGS if name in self.child_blocks),
            ],
        )

    def normalize(self, value: Any) -> Any:
        """A value given without settings, as in a preview or in code, has their defaults."""
        if not isinstance(value, blocks.StructValue):
            value = {**self._default_settings(), **value}
        return super().normalize(value)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        start, end = cleaned.get("show_from"), cleaned.get("show_until")
        if start and end and end <= start:
            error = ValidationError(_("It must end after it begins."))
            raise blocks.StructBlockValidationError({"show_until": error})
        return cleaned

    def render(self, value: Any, context: Mapping[str, Any] | None = None) -> SafeString | str:
        """Nothing outside its dates, or when its template has nothing to show; in a preview a
        marked box that says so."""
        now = timezone.now()
        is_shown = value.is_shown_at(now)
        self._note_changes(value, context, now=now)
        if not is_shown and not is_preview(context):
            return ""
        content = super().render(value, context=context)
        note = "" if is_shown else self._dates_note(value)
        if not content.strip():
            if not is_preview(context):
                return ""
            note = note or self.empty_note(value)
        return self._frame(value, content, note)

    def _note_changes(
        self, value: Any, context: Mapping[str, Any] | None, *, now: datetime
    ) -> None:
        """A cache keeps the page no longer than until the block appears or goes."""
        request = (context or {}).get("request")
        if request is not None:
            for name in self.changes_at:
                will_change(request, value.get(name), now=now)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """`id` names the block in its stream; empty in the preview of the block picker."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context.setdefault("id", "")
        return context

    def nested_streams(self, value: Any) -> Iterable[blocks.StreamValue]:
        """Streams that this block brings from elsewhere, so that what they need is read along."""
        return ()

    def empty_note(self, value: Any) -> str:
        """Tells the editor why shoppers see nothing of this block."""
        return _("Shoppers see nothing here: there is nothing to show.")

    def _default_settings(self) -> dict[str, Any]:
        fields = {name: self.child_blocks.get(name) for name in SETTINGS}
        return {name: field.get_default() for name, field in fields.items() if field}

    def _frame(self, value: Any, content: str, note: str) -> SafeString:
        frame = {
            "content": content,
            "note": note,
            "label": self.label,
            "theme": value.get("theme"),
            "width": value.get("width") or self.meta.width,
            "spacing": value.get("spacing"),
            "anchor": value.get("anchor"),
        }
        return render_to_string("blocks/frame.html", frame)

    def _dates_note(self, value: Any) -> str:
        start, end = value.get("show_from"), value.get("show_until")
        if start and timezone.now() < start:
            return _("Shoppers see this from %s on.") % _moment(start)
        return _("Shoppers have not seen this since %s.") % _moment(end)


class ContentStreamBlock(blocks.StreamBlock):
    """A stream of content blocks, whose anchors must differ."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for position, child in enumerate(cleaned):
            anchor = child.value.get("anchor") if isinstance(child.value, ContentValue) else ""
            if anchor and anchor in seen:
                error = ValidationError(_("Another block of this page has the same anchor."))
                errors[position] = blocks.StructBlockValidationError({"anchor": error})
            seen.add(anchor)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
