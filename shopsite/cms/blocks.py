"""Blocks that know no product: words, pictures and calls to action.

A block's template is templates/blocks/<name of the class in snake case>.html, its stylesheet
static/css/blocks/<the same with dashes>.css.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "link"]

STORY = _("Story")
SHOP = _("Shop")
MARKETING = _("Marketing")


def sample_picture() -> AbstractImage | None:
    """The oldest picture of the library, for a block's preview; None while there is none."""
    image = get_image_model().objects.order_by("pk").first()
    if image is not None:
        image.contextual_alt_text = image.description or image.title
        image.decorative = False
    return image


class LinkValue(blocks.StructValue):
    """Knows where the link leads; empty for a page that is gone or not published."""

    @property
    def url(self) -> str:
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return self.get("address") or ""


class LinkBlock(blocks.StructBlock):
    """A text that leads to a page of the site or to another address: exactly one of the two."""

    text = blocks.CharBlock(label=_("Text"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
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

    text = blocks.CharBlock(label=_("Text"), max_length=60, required=False)

    def _is_left_out(self, value: Any) -> bool:
        return not any(value.get(name) for name in ("text", "page", "address"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        has_target = cleaned.get("page") or cleaned.get("address")
        if has_target and not cleaned.get("text") and not self.is_deferred_validation:
            message = ValidationError(_("Say in a few words where the link leads."))
            raise blocks.StructBlockValidationError({"text": message})
        return cleaned


class RichTextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "blocks/rich_text_block.html"
        label = _("Text")
        group = STORY
        description = _("Paragraphs with headings, lists and links.")
        preview_value = (
            "<h2>Water first</h2><p>Good tea begins with the kettle. <b>Just off the boil</b> "
            "for black tea, a little patience for green.</p>"
        )


class PictureWithTextBlock(blocks.StructBlock):
    """A chapter of a story: a picture on one side, words on the other."""

    picture = ImageBlock(label=_("Picture"))
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)
    side = blocks.ChoiceBlock(
        label=_("Side of the picture"),
        choices=[("start", _("Before the text")), ("end", _("After the text"))],
        default="start",
    )
    link = OptionalLinkBlock(label=_("Link"), required=False)

    class Meta:
        icon = "image"
        template = "blocks/picture_with_text_block.html"
        label = _("Picture with text")
        label_format = "{heading}"
        group = STORY
        description = _("A picture beside a few paragraphs; on a phone one above the other.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "picture": sample_picture(),
                "heading": "Thrown by hand",
                "text": "<p>Each piece leaves the wheel a little different from the last.</p>",
                "side": "start",
                "link": {"text": "", "page": None, "address": ""},
            }
        )


class GalleryPictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=160, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "media"
        template = "blocks/gallery_block.html"
        label = _("Gallery")
        label_format = "{heading}"
        group = STORY
        description = _("Two to twelve pictures side by side, each with a caption if you like.")

    def get_preview_value(self) -> Any:
        pictures = [{"picture": sample_picture(), "caption": ""} for _number in range(3)]
        return self.normalize({"heading": "From the workshop", "pictures": pictures})


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=80, required=False)
    role = blocks.CharBlock(label=_("Who they are"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        template = "blocks/quote_block.html"
        label = _("Quote")
        label_format = "{attribution}"
        group = STORY
        description = _("A sentence somebody said, set large.")
        preview_value = {
            "quote": "A cup should feel like a handshake.",
            "attribution": "Mara Lind",
            "role": "Potter",
        }


class HeroBlock(blocks.StructBlock):
    """The opening of a page: one picture, one thought, at most two ways on."""

    eyebrow = blocks.CharBlock(label=_("Line above the heading"), max_length=60, required=False)
    heading = blocks.CharBlock(label=_("Heading"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=280, required=False)
    picture = ImageBlock(label=_("Picture"))
    actions = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=0, max_num=2, default=[])

    class Meta:
        icon = "pick"
        template = "blocks/hero_block.html"
        label = _("Hero")
        label_format = "{heading}"
        group = MARKETING
        description = _("A large picture with a heading and up to two buttons. Best at the top.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "eyebrow": "New",
                "heading": "A slower cup",
                "text": "Stoneware and tea for the first quiet minute of the day.",
                "picture": sample_picture(),
                "actions": [{"text": "See the collection", "page": None, "address": ""}],
            }
        )


class CallToActionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=280, required=False)
    action = LinkBlock(label=_("Button"))
    style = blocks.ChoiceBlock(
        label=_("Style"),
        choices=[("plain", _("Plain")), ("accent", _("In the accent color"))],
        default="plain",
    )

    class Meta:
        icon = "arrow-right"
        template = "blocks/call_to_action_block.html"
        label = _("Call to action")
        label_format = "{heading}"
        group = MARKETING
        description = _("A short invitation with one button.")
        preview_value = {
            "heading": "Find your cup",
            "text": "Four glazes, one shape.",
            "action": {"text": "See all mugs", "page": None, "address": "https://example.com/"},
            "style": "accent",
        }
