"""Links inside blocks: a text that leads to a page of the site or to another address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.lib.addresses import harmless_address


class LinkValue(blocks.StructValue):
    """Knows where the link leads; empty for a page that is gone or not published."""

    @property
    def url(self) -> str:
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return harmless_address(self.get("address") or "")


class LinkBlock(blocks.StructBlock):
    """A text that leads to a page of the site or to another address: exactly one of the two."""

    text = blocks.CharBlock(
        label=_("Text"), max_length=60, help_text=_("What one presses, such as “See all mugs”.")
    )
    page = blocks.PageChooserBlock(
        label=_("Page"), required=False, help_text=_("The link follows the page when it moves.")
    )
    address = blocks.URLBlock(
        label=_("Or another address"), required=False, help_text=_("Starts with https://")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation or self._is_left_out(cleaned):
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            message = ValidationError(_("Choose a page or enter an address, not both."))
            raise blocks.StructBlockValidationError({"page": message, "address": message})
        return cleaned

    def _is_left_out(self, value: Any) -> bool:
        return False


class OptionalLinkBlock(LinkBlock):
    """A link that may be left out as a whole."""

    text = blocks.CharBlock(
        label=_("Text"),
        max_length=60,
        required=False,
        help_text=_("What one presses, such as “See all mugs”. Leave empty for no link."),
    )

    def _is_left_out(self, value: Any) -> bool:
        return not any(value.get(name) for name in ("text", "page", "address"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        has_target = cleaned.get("page") or cleaned.get("address")
        if has_target and not cleaned.get("text") and not self.is_deferred_validation:
            message = ValidationError(_("Say in a few words where the link leads."))
            raise blocks.StructBlockValidationError({"text": message})
        return cleaned
