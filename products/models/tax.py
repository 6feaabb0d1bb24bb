"""How much of a price is tax: by kind of goods, country and day."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField


class TaxClass(models.TextChoices):
    """What the law makes of goods. Which rate that is says a TaxRate."""

    STANDARD = "standard", _("Standard")
    REDUCED = "reduced", _("Reduced")
    SECOND_REDUCED = "second-reduced", _("Second reduced")
    ZERO = "zero", _("Zero")


class TaxRate(models.Model):
    """One rate from a day on, until the next one of the same class and country begins.

    Rates are never changed in place: orders keep their own, and what held on a day can be read
    later.
    """

    tax_class = models.CharField(
        _("tax class"),
        max_length=20,
        choices=TaxClass.choices,
        default=TaxClass.STANDARD,
        help_text=_("What the law makes of the goods; each product says which it is."),
    )
    country = CountryField(  # type: ignore[call-overload]
        _("delivered to"),
        blank=True,
        blank_label=_("Everywhere without its own rate"),
        default="",
        help_text=_("For rates of one country alone; leave it as it is for all the others."),
    )
    percent = models.DecimalField(
        _("rate in percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(99)],
        help_text=_("Prices include it."),
    )
    valid_from = models.DateField(
        _("from"),
        default=timezone.localdate,
        help_text=_("Holds from this day on. Enter a new rate beside the old one, not over it."),
    )

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["country", "tax_class", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_class", "country", "valid_from"],
                name="products_tax_rate_once_a_day",
                violation_error_message=_("There is a rate from this day on already."),
            )
        ]

    def __str__(self) -> str:
        place = self.country.name or _("Everywhere without its own rate")
        return f"{self.get_tax_class_display()}, {place}: {self.percent.normalize():f} %"
