"""Blocks through which visitors say something."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from shopsite.cms.blocks import MARKETING, ContentBlock, ContentValue, width_choice
from shopsite.cms.blocks.consent import consent_field
from shopsite.contact.sign_up import CONSENT_TEXT


class FormBlock(ContentBlock):
    heading = blocks.CharBlock(
        label=gettext_lazy("Heading"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Instead of the title of the form."),
    )
    # The model is named, not imported: it is a snippet, and pages are built of these blocks.
    form = SnippetChooserBlock(
        "contact.ContactForm",
        label=gettext_lazy("Form"),
        help_text=gettext_lazy("Forms are built under “Contact”."),
    )
    width = width_choice("text", "wide")

    class Meta:
        icon = "form"
        template = "blocks/form_block.html"
        label = gettext_lazy("Form")
        group = MARKETING
        description = gettext_lazy("One of the forms that you have built, to be filled in here.")

    def empty_note(self, value: Any) -> str:
        return _("Shoppers see nothing here: the form is gone.")

    def get_preview_value(self) -> Any:
        form = self.child_blocks["form"].target_model.objects.order_by("pk").first()
        return self.normalize({"heading": "", "form": form})


class NewsletterValue(ContentValue):
    @property
    def consent(self) -> str:
        """The words that one agrees to by signing up: the editor's, or the standard ones."""
        return self.get("consent_text") or str(CONSENT_TEXT)


class NewsletterBlock(ContentBlock):
    heading = blocks.CharBlock(
        label=gettext_lazy("Heading"), max_length=90, default=gettext_lazy("Letters from the shop")
    )
    text = blocks.TextBlock(label=gettext_lazy("Text"), rows=2, max_length=280, required=False)
    consent_text = consent_field()
    button_label = blocks.CharBlock(
        label=gettext_lazy("Text of the button"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Leave empty for “Sign up”."),
    )
    width = width_choice("wide", "text")

    class Meta:
        icon = "mail"
        template = "blocks/newsletter_block.html"
        label = gettext_lazy("Newsletter")
        label_format = "{heading}"
        group = MARKETING
        value_class = NewsletterValue
        description = gettext_lazy("A field to sign up for the newsletter, confirmed by mail.")
        preview_value = {
            "heading": "Letters from the shop",
            "text": "New things, four times a year. Nothing else.",
            "consent_text": "",
            "button_label": "",
        }
