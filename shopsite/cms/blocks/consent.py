"""What somebody agrees to by signing up for the newsletter. The sign-up itself stands higher up."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def consent_field() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("What they agree to"),
        rows=3,
        max_length=600,
        required=False,
        search_index=False,
        help_text=_(
            "Kept word for word with each subscription. Leave empty for the standard words."
        ),
    )
