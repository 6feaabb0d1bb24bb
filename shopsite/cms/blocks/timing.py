"""Until when something lasts."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from shopsite.cms.blocks.content import ContentBlock, ContentValue
from shopsite.cms.blocks.groups import MARKETING
from shopsite.cms.blocks.links import OptionalLinkBlock
from shopsite.cms.blocks.settings import moment_field, width_choice


class CountdownValue(ContentValue):
    @property
    def is_over(self) -> bool:
        ends_at = self.get("ends_at")
        return bool(ends_at) and ends_at <= timezone.now()

    @property
    def is_worth_showing(self) -> bool:
        """When it is over, only with words for that."""
        return bool(self.get("ends_at")) and (not self.is_over or bool(self.get("over_text")))


class CountdownBlock(ContentBlock):
    """Says in words when something ends; a script counts the time that is left beside it.

    A page that a cache kept is right as well: the moment does not change with the time of reading,
    and a cache keeps the page no longer than until the end."""

    changes_at = (*ContentBlock.changes_at, "ends_at")

    heading = blocks.CharBlock(label=gettext_lazy("Heading"), max_length=90)
    text = blocks.TextBlock(label=gettext_lazy("Text"), rows=2, max_length=280, required=False)
    ends_at = moment_field(gettext_lazy("Ends"), gettext_lazy("What the countdown counts down to."))
    link = OptionalLinkBlock(label=gettext_lazy("Button"), required=False)
    over_text = blocks.CharBlock(
        label=gettext_lazy("When it is over"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Stands in its place from then on. Leave empty to show nothing."),
    )
    width = width_choice("wide", "text", "full")

    class Meta:
        icon = "date"
        template = "blocks/countdown_block.html"
        label = gettext_lazy("Countdown")
        label_format = "{heading}"
        group = MARKETING
        value_class = CountdownValue
        description = gettext_lazy("The time that is left until an offer ends.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.get("ends_at") and not self.is_deferred_validation:
            error = ValidationError(_("Say when it ends."))
            raise blocks.StructBlockValidationError({"ends_at": error})
        return cleaned

    def empty_note(self, value: Any) -> str:
        return _("Shoppers see nothing here: it is over.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "heading": "Spring firing",
                "text": "Everything from the second kiln, while it lasts.",
                "ends_at": timezone.now() + timedelta(days=3, hours=4),
                "link": {
                    "text": "See what is left",
                    "page": None,
                    "address": "https://example.com",
                },
                "over_text": "",
            }
        )
