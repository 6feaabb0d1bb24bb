"""A section that is written once and shown in several pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from shopsite.cms.blocks import LAYOUT, ContentBlock, ContentValue


class SectionValue(ContentValue):
    @property
    def body(self) -> blocks.StreamValue | None:
        """What shoppers see of it: nothing of a section that is gone or not published."""
        section = self.get("section")
        return section.body if section is not None and section.live else None


class SectionBlock(ContentBlock):
    # The model is named, not imported: it is made of blocks itself, though never of this one.
    section = SnippetChooserBlock(
        "products.Section",
        label=gettext_lazy("Section"),
        help_text=gettext_lazy("A change of the section changes every page that shows it."),
    )
    width = None

    class Meta:
        icon = "shop-section"
        template = "blocks/section_block.html"
        label = gettext_lazy("Reusable section")
        width = "full"
        group = LAYOUT
        value_class = SectionValue
        description = gettext_lazy("Blocks that are written once and shown in many pages.")

    def nested_streams(self, value: Any) -> Iterable[blocks.StreamValue]:
        """What the section needs is read along with what the page needs."""
        return [value.body] if value.body is not None else []

    def empty_note(self, value: Any) -> str:
        section = value.get("section")
        if section is None:
            return _("Shoppers see nothing here: the section is gone.")
        return _("Shoppers see nothing here: “%s” is not published.") % section

    def get_preview_value(self) -> Any:
        sections = self.child_blocks["section"].target_model.objects.filter(live=True)
        return self.normalize({"section": sections.order_by("pk").first()})
