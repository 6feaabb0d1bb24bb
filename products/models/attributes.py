"""What products of a kind have in common: typed attributes, and the values each product has.

Commercial facts like the rest of the catalog: plain records, never part of a page revision.
"""

from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from products.models.catalog import DECIMAL_PLACES, MAX_DIGITS, Product
from shopsite.lib.money import active_locale


class Attribute(ClusterableModel):
    """A question that can be asked of products, such as "Material" or "Capacity in ml".

    Several product types may ask the same one, so that a list of all products can be filtered by
    it. `code` names it in addresses and in import files and stays when the name is corrected.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("One of several")
        BOOLEAN = "boolean", _("Yes or no")

    name = models.CharField(
        _("name"),
        max_length=60,
        unique=True,
        help_text=_("What shoppers read, such as “Material”."),
    )
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Stands in addresses and import files. Small letters, digits and dashes."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.TEXT,
        help_text=_("What an answer looks like. It cannot be changed once there are answers."),
    )
    unit = models.CharField(
        _("unit"), max_length=12, blank=True, help_text=_("Of a number, such as ml or cm.")
    )
    is_facet = models.BooleanField(
        _("shoppers can filter by it"), default=False, help_text=_("Not for texts.")
    )
    is_specification = models.BooleanField(
        _("shown in the table of details"),
        default=True,
        help_text=_("On the page of each product that answers it, and in comparisons."),
    )
    sort_order = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def clean(self) -> None:
        if self.is_facet and self.kind == self.Kind.TEXT:
            text = _("Nobody filters by free text. Make it one of several, or no filter.")
            raise ValidationError({"is_facet": text})
        if self.unit and self.kind != self.Kind.NUMBER:
            raise ValidationError({"unit": _("Only a number has a unit.")})


class AttributeChoice(models.Model):
    """One of the answers to an attribute with several."""

    attribute = ParentalKey(Attribute, on_delete=models.CASCADE, related_name="choices")
    label = models.CharField(
        _("label"), max_length=60, help_text=_("What shoppers read, such as “Stoneware”.")
    )
    sort_order = models.PositiveIntegerField(_("position"), default=0)

    sort_order_field = "sort_order"  # Lets the admin put the choices into their order.

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["sort_order", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["attribute", "label"], name="products_attribute_choice_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class ProductType(models.Model):
    """A kind of product, such as "Mug": which attributes its products have."""

    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("Such as “Mugs”. Shoppers filter by it.")
    )
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Stands in addresses and import files. Small letters, digits and dashes."),
    )
    attributes = models.ManyToManyField(
        Attribute, verbose_name=_("attributes"), blank=True, related_name="product_types"
    )

    class Meta:
        verbose_name = _("product type")
        verbose_name_plural = _("product types")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AttributeValue(models.Model):
    """One product's answer to one attribute, in the column of the attribute's kind."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="attribute_values")
    attribute = models.ForeignKey(
        Attribute, verbose_name=_("attribute"), on_delete=models.CASCADE, related_name="values"
    )
    text = models.CharField(_("text"), max_length=200, blank=True)
    number = models.DecimalField(
        _("number"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    choice = models.ForeignKey(
        AttributeChoice,
        verbose_name=_("choice"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="values",
    )
    boolean = models.BooleanField(_("yes or no"), null=True, blank=True)

    class Meta:
        verbose_name = _("attribute value")
        verbose_name_plural = _("attribute values")
        ordering = ["attribute__sort_order", "attribute__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "attribute"], name="products_attribute_value_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="", number=None, choice=None, boolean=None),
                name="products_attribute_value_not_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["attribute", "choice"], name="products_value_choice"),
            models.Index(fields=["attribute", "number"], name="products_value_number"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute.name}: {self.label}"

    @property
    def label(self) -> str:
        """The answer as a person reads it, with its unit."""
        match self.attribute.kind:
            case Attribute.Kind.NUMBER if self.number is not None:
                number = format_decimal(self.number, locale=active_locale())
                return f"{number} {self.attribute.unit}".strip()
            case Attribute.Kind.CHOICE if self.choice is not None:
                return self.choice.label
            case Attribute.Kind.BOOLEAN if self.boolean is not None:
                return str(_("Yes") if self.boolean else _("No"))
        return self.text
