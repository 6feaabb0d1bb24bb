"""Commercial facts: what a thing is, what it costs. Plain records, never part of a page revision.

Publishing an old draft writes every field of the page and of its inline children back. A price
kept there would be rolled back by somebody who only corrected a comma.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from products.models.tax import TaxClass
from products.options import check_option_values
from products.price_rules import check_price
from shopsite.lib.money import Money

MAX_DIGITS = 12
DECIMAL_PLACES = 3  # Enough for the currencies with three decimals.

validate_sku = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z",
    _("A SKU is made of letters, digits, dots, dashes and underscores, without spaces."),
)
validate_gtin = RegexValidator(
    r"\A([0-9]{8}|[0-9]{12,14})\Z", _("A GTIN has 8, 12, 13 or 14 digits.")
)


class Product(models.Model):
    """What is sold. Pages, also translated ones, point at it and tell its story."""

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("For the staff. Shoppers read the title of its page."),
    )
    product_type = models.ForeignKey(
        "products.ProductType",
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="products",
        help_text=_("Decides which details can be filled in."),
    )
    tax_class = models.CharField(
        _("tax class"),
        max_length=20,
        choices=TaxClass.choices,
        default=TaxClass.STANDARD,
        help_text=_("The rates are set under Tax rates."),
    )
    tags = TaggableManager(through="products.ProductTag", blank=True, verbose_name=_("tags"))
    option1_name = models.CharField(
        _("first option"),
        max_length=40,
        blank=True,
        help_text=_("What its variants differ in, such as Color or Size. Empty for one variant."),
    )
    option2_name = models.CharField(
        _("second option"), max_length=40, blank=True, help_text=_("Only if there is one more.")
    )
    option3_name = models.CharField(
        _("third option"), max_length=40, blank=True, help_text=_("Only if there is one more.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def option_names(self) -> tuple[str, ...]:
        names = (self.option1_name, self.option2_name, self.option3_name)
        return tuple(name for name in names if name)

    def clean(self) -> None:
        filled = [bool(n) for n in (self.option1_name, self.option2_name, self.option3_name)]
        if filled != sorted(filled, reverse=True):
            raise ValidationError(_("Fill in the options from the first one on."))
        lowered = [name.casefold() for name in self.option_names]
        if len(set(lowered)) != len(lowered):
            raise ValidationError(_("Two options have the same name."))


class ProductTag(TaggedItemBase):
    """A word that products are found and put together by."""

    content_object = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta(TaggedItemBase.Meta):
        abstract = False
        verbose_name = _("tag of a product")
        verbose_name_plural = _("tags of products")


class ProductVariant(models.Model):
    """One thing with a SKU and a price. A product without options has exactly one."""

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="variants"
    )
    sku = models.CharField(
        _("SKU"),
        max_length=60,
        unique=True,
        validators=[validate_sku],
        error_messages={"unique": _("Another variant already has this SKU.")},
        help_text=_("Your own short code for exactly this thing, such as MUG-BLUE."),
    )
    option1 = models.CharField(_("first option"), max_length=60, blank=True)
    option2 = models.CharField(_("second option"), max_length=60, blank=True)
    option3 = models.CharField(_("third option"), max_length=60, blank=True)
    price = models.DecimalField(
        _("price"),
        max_digits=MAX_DIGITS,
        decimal_places=DECIMAL_PLACES,
        validators=[check_price],
        help_text=_("What the shopper pays, tax included."),
    )
    # Written by products.prices alone. Null when no reduction is announced.
    reference_price = models.DecimalField(
        _("lowest price before the reduction"),
        max_digits=MAX_DIGITS,
        decimal_places=DECIMAL_PLACES,
        null=True,
        editable=False,
    )
    weight_grams = models.PositiveIntegerField(
        _("weight in grams"), null=True, blank=True, help_text=_("With its wrapping.")
    )
    gtin = models.CharField(
        _("GTIN"),
        max_length=14,
        blank=True,
        validators=[validate_gtin],
        help_text=_("The number under the bar code (EAN, UPC), if there is one."),
    )
    image = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in the cart. Without it the first picture of the product's page."),
    )
    is_active = models.BooleanField(
        _("for sale"),
        default=True,
        help_text=_("Without the tick shoppers cannot choose it, whatever is in stock."),
    )
    sort_order = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["gtin"], name="products_variant_gtin")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gt=0), name="products_variant_price_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(reference_price__isnull=True)
                | models.Q(reference_price__gt=models.F("price")),
                name="products_variant_reference_above_price",
            ),
            models.UniqueConstraint(
                fields=["product", "option1", "option2", "option3"],
                name="products_variant_unique_options",
                violation_error_message=_("Another variant has the same options."),
            ),
        ]

    def __str__(self) -> str:
        name = ", ".join(filter(None, (self.product.name, self.options_label)))
        return f"{name} ({self.sku})"

    @property
    def option_values(self) -> tuple[str, ...]:
        values = (self.option1, self.option2, self.option3)
        return tuple(value for value in values if value)

    @property
    def options_label(self) -> str:
        return " / ".join(self.option_values)

    @property
    def price_money(self) -> Money:
        return Money(self.price, settings.SHOP_CURRENCY)

    def clean(self) -> None:
        if self.product_id:
            values = (self.option1, self.option2, self.option3)
            check_option_values(names=self.product.option_names, values=values)


class PriceChange(models.Model):
    """The price ledger: every price a variant ever had, from when on. Rows are only added.

    `reference_price` is what the price was announced to be reduced from, if it was.
    """

    variant = models.ForeignKey(
        ProductVariant, on_delete=models.CASCADE, related_name="price_changes"
    )
    price = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    reference_price = models.DecimalField(
        max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True
    )
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.price}"
