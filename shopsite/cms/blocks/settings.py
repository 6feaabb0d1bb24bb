"""The settings that all blocks share: how one looks, where it stands, when it is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

THEMES = {
    "plain": _("Plain"),
    "tinted": _("On a tinted band"),
    "accent": _("On a band in the accent color"),
    "framed": _("In a frame"),
}
WIDTHS = {
    "text": _("As wide as the text"),
    "wide": _("Wide"),
    "full": _("From edge to edge"),
}
SPACINGS = {
    "normal": _("Normal"),
    "close": _("Close to what stands before it"),
    "roomy": _("With more room around it"),
}
SETTINGS = ("theme", "width", "spacing", "anchor", "show_from", "show_until")


def theme_choice(*names: str) -> blocks.ChoiceBlock:
    """The look of a block, one of the named themes or of all; the first one is the default."""
    looks = {name: THEMES[name] for name in names or THEMES}
    return _choice(_("Look"), looks, _("Sets the block off from what stands around it."))


def width_choice(*names: str) -> blocks.ChoiceBlock:
    """How much of the window a block takes; the first of the named widths is the default."""
    widths = {name: WIDTHS[name] for name in names}
    return _choice(_("Width"), widths, _("On a phone every block is as wide as the screen."))


def spacing_choice() -> blocks.ChoiceBlock:
    return _choice(_("Distance"), SPACINGS, _("From what stands before and after it."))


def anchor_field() -> blocks.RegexBlock:
    return blocks.RegexBlock(
        # "main" is where the page's own skip link leads.
        regex=r"\A(?!main\Z)[a-z][a-z0-9-]*\Z",
        label=_("Anchor"),
        max_length=60,
        required=False,
        error_messages={
            "invalid": _("Use small letters, digits and dashes, beginning with a letter.")
        },
        help_text=_("A name such as “recipe”: links can then lead to this block with #recipe."),
    )


def moment_field(label: Any, help_text: Any) -> blocks.DateTimeBlock:
    return blocks.DateTimeBlock(label=label, required=False, help_text=help_text)


def _choice(label: Any, choices: dict[str, Any], help_text: Any) -> blocks.ChoiceBlock:
    # Not searched: nobody who looks for "wide" means the width of a block.
    return blocks.ChoiceBlock(
        label=label,
        choices=list(choices.items()),
        default=next(iter(choices)),
        search_index=False,
        help_text=help_text,
    )
