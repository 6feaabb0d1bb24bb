"""What menus and footer are made of. shopsite/cms/navigation.py makes links of the stored form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.cms.blocks.consent import consent_field
from shopsite.lib.addresses import validate_link_address

FOOTER_TEXT_FEATURES = ["bold", "italic", "link"]
MAX_TOP_LINKS = 8
MAX_SUB_LINKS = 12

# The names are those of the icons in static/img/icons.svg.
NETWORKS = [
    ("instagram", "Instagram"),
    ("facebook", "Facebook"),
    ("pinterest", "Pinterest"),
    ("tiktok", "TikTok"),
    ("youtube", "YouTube"),
    ("mastodon", "Mastodon"),
    ("bluesky", "Bluesky"),
    ("linkedin", "LinkedIn"),
    ("x", "X"),
    ("link", _("Another")),
]


class MenuLinkBlock(blocks.StructBlock):
    """To a page, under its own title unless there is a text, or to an address."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Or another address"),
        required=False,
        max_length=300,
        validators=[validate_link_address],
        help_text=_("Such as https://example.com/, /search/ or mailto:us@example.com."),
    )
    text = blocks.CharBlock(
        label=_("Text"),
        max_length=60,
        required=False,
        help_text=_("Leave empty for the title of the page, also when it changes."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{text} {page} {address}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self._errors(cleaned)):
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    def _errors(self, value: Any) -> dict[str, ValidationError]:
        page, address = value.get("page"), value.get("address")
        if (page and address) or not (page or address or self._needs_no_target(value)):
            message = ValidationError(_("Choose a page or enter an address, not both."))
            return {"page": message, "address": message}
        if not page and not value.get("text"):
            return {"text": ValidationError(_("Say in a few words where the link leads."))}
        return {}

    def _needs_no_target(self, value: Any) -> bool:
        return False


class MenuItemBlock(MenuLinkBlock):
    """An entry of the main menu, with a menu of its own if it has links."""

    links = blocks.ListBlock(
        MenuLinkBlock(),
        label=_("Links below it"),
        min_num=0,
        max_num=MAX_SUB_LINKS,
        default=[],
    )

    class Meta:
        icon = "list-ul"
        label = _("Entry")
        label_format = "{text} {page} {address}"

    def _needs_no_target(self, value: Any) -> bool:
        return bool(value.get("links"))


class MainMenuBlock(blocks.StreamBlock):
    item = MenuItemBlock()

    class Meta:
        max_num = MAX_TOP_LINKS


class FooterLinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(MenuLinkBlock(), label=_("Links"), min_num=1, max_num=MAX_SUB_LINKS)

    class Meta:
        icon = "list-ul"
        label = _("Links")
        label_format = "{heading}"


class FooterTextBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = blocks.RichTextBlock(label=_("Text"), features=FOOTER_TEXT_FEATURES)

    class Meta:
        icon = "pilcrow"
        template = "blocks/footer_text_block.html"
        label = _("Text")
        label_format = "{heading}"


class FooterNewsletterBlock(blocks.StructBlock):
    """Its template asks the layer above for the form and the standard words."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=60, default=_("Letters from the shop")
    )
    text = blocks.CharBlock(label=_("Text"), max_length=160, required=False)
    consent_text = consent_field()

    class Meta:
        icon = "mail"
        template = "blocks/footer_newsletter_block.html"
        label = _("Newsletter")
        label_format = "{heading}"


class FooterStreamBlock(blocks.StreamBlock):
    """The columns of the footer. A block that is no list of links brings a template of its own."""

    links = FooterLinksBlock()
    text = FooterTextBlock()
    newsletter = FooterNewsletterBlock()

    class Meta:
        max_num = 5
        # One, because its field bears an id that is the footer's.
        block_counts = {"newsletter": {"max_num": 1}}


class SocialProfileBlock(blocks.StructBlock):
    network = blocks.ChoiceBlock(label=_("Network"), choices=NETWORKS, default="instagram")
    name = blocks.CharBlock(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("What is read out, such as “Fern & Kettle on Instagram”."),
    )
    address = blocks.URLBlock(label=_("Address"), help_text=_("Starts with https://"))

    class Meta:
        icon = "link"
        label = _("Profile")
        label_format = "{network}"


class SocialStreamBlock(blocks.StreamBlock):
    profile = SocialProfileBlock()

    class Meta:
        max_num = 8
