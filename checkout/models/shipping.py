from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shopsite.lib.money import Money


class ShippingMethod(models.Model):
    """A way to send a parcel, and what it costs: flat, per country, free above a sum."""

    name = models.CharField(_("name"), max_length=80, help_text=_("What the shopper reads."))
    description = models.CharField(
        _("description"),
        max_length=160,
        blank=True,
        help_text=_("Such as how long it takes."),
    )
    countries: Any = CountryField(
        _("countries"), multiple=True, blank=True, help_text=_("Empty means every country.")
    )
    price = models.DecimalField(
        _("price"),
        max_digits=12,
        decimal_places=3,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Tax included. 0 is free."),
    )
    free_from = models.DecimalField(
        _("free from"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Free when the goods cost at least as much. Empty means never."),
    )
    is_active = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Without the tick it is kept, and shoppers do not see it."),
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("shipping method")
        verbose_name_plural = _("shipping methods")
        ordering = ["sort_order", "price", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gte=0), name="checkout_shipping_price_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def serves(self, country: str) -> bool:
        return not (codes := self.codes) or country in codes

    def serves_all_of(self, other: "ShippingMethod") -> bool:
        """Every country that the other one serves."""
        codes, others = self.codes, other.codes
        return not codes or (bool(others) and codes >= others)

    @property
    def codes(self) -> frozenset[str]:
        """Of the countries it serves; empty for all of them. Whoever has many countries to look at
        asks once: a name is looked up for each code."""
        return frozenset(one.code for one in self.countries)

    def price_for(self, subtotal: Money) -> Money:
        """What sending costs for goods of this sum."""
        if self.free_from is not None and subtotal.amount >= self.free_from:
            return Money(Decimal(0), subtotal.currency).quantize()
        return Money(self.price, settings.SHOP_CURRENCY).quantize()
