"""Where the bill of an order goes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from orders.models.address import address_lines
from orders.models.order import Order


class BillingAddress(models.Model):
    """As it was given with the order; only of orders whose bill goes elsewhere than the parcel.
    `vat_id` was checked by its digits, not asked for at a tax office."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="billing")
    company = models.CharField(_("company"), max_length=120, blank=True)
    vat_id = models.CharField(_("VAT id"), max_length=30, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    address_line1 = models.CharField(_("address"), max_length=160)
    address_line2 = models.CharField(_("address, second line"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country: Any = CountryField(_("country"))

    class Meta:
        verbose_name = _("billing address")

    def __str__(self) -> str:
        return self.company or self.name

    @property
    def lines(self) -> list[str]:
        """As it stands on the bill, with the VAT id as the last line."""
        lines = address_lines((self.company, self.name), self)
        return [*lines, _("VAT ID %(number)s") % {"number": self.vat_id}] if self.vat_id else lines
