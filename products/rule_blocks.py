"""The rule an editor puts together from choosers: which products, in which order, how many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from products.rules import Answer, Between, OneOf, ProductOrder, Selection
from shopsite.cms.blocks import SHOP


class AttributeChoiceField(forms.ModelChoiceField):
    """Says which question a choice answers: "Glaze: Moss"."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.attribute.name}: {obj.label}"


class RecordBlock(blocks.ChooserBlock):
    """Chooses one of a short list of records. The model is named, not imported: pages are built of
    these blocks. `conditions` narrow the list down."""

    widget = forms.Select()

    def __init__(
        self, target_model: str, conditions: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.target_model = target_model
        self._conditions = conditions or {}
        super().__init__(**kwargs)

    @property
    def field(self) -> forms.ModelChoiceField:
        """Made anew for every form, so that a record added a minute ago is in the list."""
        return self._field_class()(
            queryset=self._records(),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
        )

    def _field_class(self) -> type[forms.ModelChoiceField]:
        return forms.ModelChoiceField

    def _records(self) -> Any:
        return self.model_class.objects.filter(**self._conditions)

    def get_form_state(self, value: Any) -> Any:
        """As the admin's drop-down wants it, which is a list also for one value."""
        return self.field.widget.format_value(value.pk if value else None)

    def value_from_form(self, value: Any) -> Any:
        return super().value_from_form(value) if value else None


class AttributeChoiceBlock(RecordBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_model="products.AttributeChoice", **kwargs)

    def _field_class(self) -> type[forms.ModelChoiceField]:
        return AttributeChoiceField

    def _records(self) -> Any:
        choices = super()._records().select_related("attribute")
        return choices.order_by("attribute__name", "sort_order", "label")


class NumberRangeBlock(blocks.StructBlock):
    attribute = RecordBlock("products.Attribute", {"kind": "number"}, label=_("Attribute"))
    minimum = blocks.DecimalBlock(
        label=_("At least"), required=False, help_text=_("Leave empty for no lower limit.")
    )
    maximum = blocks.DecimalBlock(
        label=_("At most"), required=False, help_text=_("Leave empty for no upper limit.")
    )

    class Meta:
        icon = "sliders"
        label = _("Number")


class AnswerBlock(blocks.StructBlock):
    attribute = RecordBlock("products.Attribute", {"kind": "boolean"}, label=_("Attribute"))
    answer = blocks.ChoiceBlock(
        label=_("Answer"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        default="yes",
        search_index=False,
    )

    class Meta:
        icon = "check"
        label = _("Yes or no")


class RuleValue(blocks.StructValue):
    @property
    def selection(self) -> Selection:
        """What the editor put together; parts that are not finished yet are left out."""
        return Selection(
            type_ids=tuple(kind.pk for kind in self["product_types"] if kind),
            tag_ids=tuple(tag.pk for tag in self["tags"] if tag),
            choices=self._choices(),
            numbers=tuple(
                Between(one["attribute"].pk, one["minimum"], one["maximum"])
                for one in self["numbers"]
                if one["attribute"]
            ),
            answers=tuple(
                Answer(one["attribute"].pk, one["answer"] == "yes")
                for one in self["answers"]
                if one["attribute"]
            ),
            price_min=self["price_min"],
            price_max=self["price_max"],
            new_within_days=self["new_within_days"],
            in_stock=bool(self["in_stock"]),
            order=ProductOrder(self["order"] or ProductOrder.NEWEST),
            limit=self["limit"],
        )

    def _choices(self) -> tuple[OneOf, ...]:
        by_attribute: dict[int, list[int]] = {}
        for choice in filter(None, self["choices"]):
            by_attribute.setdefault(choice.attribute_id, []).append(choice.pk)
        return tuple(OneOf(key, tuple(pks)) for key, pks in by_attribute.items())


class RuleBlock(blocks.StructBlock):
    """All that is filled in must hold; of several types, tags or choices of one kind, any."""

    product_types = blocks.ListBlock(
        RecordBlock("products.ProductType", label=_("Type")),
        label=_("Of one of these types"),
        default=[],
    )
    tags = blocks.ListBlock(
        RecordBlock("taggit.Tag", label=_("Tag")), label=_("With one of these tags"), default=[]
    )
    choices = blocks.ListBlock(
        AttributeChoiceBlock(label=_("Detail")), label=_("With these details"), default=[]
    )
    numbers = blocks.ListBlock(
        NumberRangeBlock(), label=_("With numbers in these ranges"), default=[]
    )
    answers = blocks.ListBlock(AnswerBlock(), label=_("With these answers"), default=[])
    price_min = blocks.DecimalBlock(
        label=_("Price from"),
        required=False,
        min_value=0,
        help_text=_("Leave empty for no lower limit."),
    )
    price_max = blocks.DecimalBlock(
        label=_("Price up to"),
        required=False,
        min_value=0,
        help_text=_("Leave empty for no upper limit."),
    )
    new_within_days = blocks.IntegerBlock(
        label=_("New within so many days"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("Counted from when the page was first published."),
    )
    in_stock = blocks.BooleanBlock(
        label=_("Only what is in stock"),
        required=False,
        help_text=_("What sells out leaves the list, and comes back with new stock."),
    )
    order = blocks.ChoiceBlock(
        label=_("Order"),
        choices=ProductOrder.choices,
        default=ProductOrder.NEWEST.value,
        search_index=False,
        help_text=_("Which product stands first."),
    )
    limit = blocks.IntegerBlock(
        label=_("At most so many products"),
        required=False,
        min_value=1,
        max_value=500,
        help_text=_("Leave empty for all that fit."),
    )

    class Meta:
        icon = "cogs"
        label = _("Rule")
        group = SHOP
        description = _("Products that have something in common; new ones join by themselves.")
        value_class = RuleValue


class RuleStreamBlock(blocks.StreamBlock):
    """A field that may hold one rule."""

    finds_products = True  # So that nobody says of a page with a rule that it sells nothing.
    rule = RuleBlock()

    class Meta:
        max_num = 1
        required = False
