"""How something is made: steps, and what it takes, some of which the shop sells."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from products.blocks.choosers import ProductChooserBlock
from shopsite.cms.blocks import STORY, ContentBlock, ContentValue, sample_picture, width_choice
from shopsite.lib.schema_org import Instruction, Thing, how_to

STEP_FEATURES = ["bold", "italic", "link"]
RECIPE, HOW_TO = "recipe", "how_to"
KINDS = [(RECIPE, _("Recipe, with ingredients")), (HOW_TO, _("How-to, with things one needs"))]


class IngredientBlock(blocks.StructBlock):
    amount = blocks.CharBlock(
        label=_("Amount"), max_length=30, required=False, help_text=_("Such as “70 ml”.")
    )
    name = blocks.CharBlock(
        label=_("What"), max_length=120, help_text=_("Such as “water at 75 °C”.")
    )
    product = ProductChooserBlock(
        label=_("Product"), required=False, help_text=_("If it can be bought here.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Ingredient")
        label_format = "{amount} {name}"


class StepBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=STEP_FEATURES)
    picture = ImageBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{heading}"


class HowToValue(ContentValue):
    """Also says in plain words what search engines are told."""

    @property
    def is_recipe(self) -> bool:
        return bool(self.get("kind") == RECIPE)

    @property
    def duration(self) -> str:
        """As ISO 8601 has it; empty when no time is given."""
        minutes = self.get("minutes")
        return f"PT{minutes}M" if minutes else ""

    @property
    def needs(self) -> list[str]:
        return [f"{one['amount']} {one['name']}".strip() for one in self["ingredients"]]

    @property
    def instructions(self) -> list[Instruction]:
        return [
            Instruction(step["heading"], strip_tags(str(step["text"])).strip())
            for step in self["steps"]
        ]

    def structured_data(self) -> Thing | None:
        if not self["steps"]:
            return None
        return how_to(
            is_recipe=self.is_recipe,
            name=self["heading"],
            description=self.get("intro") or "",
            duration=self.duration,
            makes=self.get("makes") or "",
            needs=self.needs,
            steps=self.instructions,
        )


class HowToBlock(ContentBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=KINDS,
        default=RECIPE,
        search_index=False,
        help_text=_("Search engines show recipes and instructions in different ways."),
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), rows=2, max_length=400, required=False)
    makes = blocks.CharBlock(
        label=_("Makes"), max_length=60, required=False, help_text=_("Such as “two bowls”.")
    )
    minutes = blocks.IntegerBlock(
        label=_("Minutes"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("From the first step to the last."),
    )
    ingredients = blocks.ListBlock(
        IngredientBlock(), label=_("Ingredients"), max_num=30, default=[]
    )
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1, max_num=20)
    width = width_choice("wide", "text")

    class Meta:
        icon = "list-ol"
        template = "blocks/how_to_block.html"
        label = _("Recipe or how-to")
        label_format = "{heading}"
        group = STORY
        value_class = HowToValue
        description = _("Steps with pictures, and what it takes, with the price of what you sell.")

    def normalize(self, value: Any) -> Any:
        """A recipe unless it says something else."""
        if not isinstance(value, blocks.StructValue):
            value = {"kind": RECIPE, **value}
        return super().normalize(value)

    def get_preview_value(self) -> Any:
        ingredient = self.child_blocks["ingredients"].child_block
        products = ingredient.child_blocks["product"].sample(1)
        picture = sample_picture()
        return self.normalize(
            {
                "heading": "A bowl of matcha",
                "intro": "Three minutes, and the kitchen is quiet.",
                "makes": "one bowl",
                "minutes": 3,
                "ingredients": [
                    {"amount": "2 g", "name": "matcha", "product": None},
                    {"amount": "70 ml", "name": "water at 75 °C", "product": None},
                    {"amount": "1", "name": "bowl", "product": products[0] if products else None},
                ],
                "steps": [
                    {"heading": "Sift", "text": "<p>Through a fine sieve.</p>", "picture": picture},
                    {"heading": "Whisk", "text": "<p>In the shape of an M.</p>", "picture": None},
                ],
            }
        )
