"""Questions and their answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from shopsite.cms.blocks.content import ContentBlock, ContentValue
from shopsite.cms.blocks.groups import STORY
from shopsite.cms.blocks.settings import width_choice
from shopsite.lib.schema_org import Thing, faq_page

ANSWER_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=ANSWER_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class FaqValue(ContentValue):
    def structured_data(self) -> Thing | None:
        questions = [(item["question"], str(item["answer"])) for item in self["questions"]]
        return faq_page(questions) if questions else None


class FaqBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=20)
    width = width_choice("text", "wide")

    class Meta:
        icon = "help"
        template = "blocks/faq_block.html"
        label = _("Questions and answers")
        label_format = "{heading}"
        group = STORY
        value_class = FaqValue
        description = _("Questions that unfold their answers. Search engines read them as well.")

    def get_preview_value(self) -> Any:
        questions = [
            ("Can it go into the dishwasher?", "<p>Yes, on the gentle program.</p>"),
            ("Do you ship abroad?", "<p>To all countries of the European Union.</p>"),
            ("What if it breaks on the way?", "<p>Then we send another one, <b>free</b>.</p>"),
        ]
        return self.normalize(
            {
                "heading": "Good to know",
                "questions": [{"question": one, "answer": answer} for one, answer in questions],
            }
        )
