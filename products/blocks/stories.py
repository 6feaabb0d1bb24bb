"""A way on to other stories."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail import blocks

from shopsite.cms.blocks import STORY, ContentBlock, OptionalLinkBlock

MAX_STORIES = 6


class RelatedStoriesBlock(ContentBlock):
    """Those that were picked, then the newest, of one tag or of all, until there are enough."""

    heading = blocks.CharBlock(
        label=gettext_lazy("Heading"), max_length=120, default=gettext_lazy("Read on")
    )
    # The model is named, not imported: its pages are built of these blocks.
    stories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="home.StoryPage", label=gettext_lazy("Story")),
        label=gettext_lazy("Stories"),
        max_num=MAX_STORIES,
        default=[],
    )
    fill_up_to = blocks.IntegerBlock(
        label=gettext_lazy("Fill up with the newest, to"),
        min_value=0,
        max_value=MAX_STORIES,
        default=3,
        help_text=gettext_lazy("0 shows only those you picked."),
    )
    tag = blocks.CharBlock(
        label=gettext_lazy("Of this tag only"),
        max_length=100,
        required=False,
        search_index=False,
        help_text=gettext_lazy("For what is filled up. Leave empty for stories of any tag."),
    )
    more_link = OptionalLinkBlock(label=gettext_lazy("Link to more"), required=False)
    width = None

    class Meta:
        icon = "shop-story"
        template = "blocks/related_stories_block.html"
        label = gettext_lazy("Related stories")
        label_format = "{heading}"
        width = "wide"
        group = STORY
        description = gettext_lazy("Stories you pick, or the newest of a tag.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        tag = (cleaned.get("tag") or "").strip()
        if tag and not self.is_deferred_validation:
            known = Tag.objects.filter(name__iexact=tag).first()
            if known is None:
                error = ValidationError(_("There is no tag of this name."))
                raise blocks.StructBlockValidationError({"tag": error})
            cleaned["tag"] = known.name
        return cleaned

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "heading": "Read on",
                "stories": [],
                "fill_up_to": 3,
                "tag": "",
                "more_link": {"text": "", "page": None, "address": ""},
            }
        )
