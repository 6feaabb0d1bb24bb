from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class InvoiceSeries(models.Model):
    """Counts the invoices of a year. Its row is locked while a number is taken, and the number is
    committed with the payment or not at all: no gap, no number twice."""

    year = models.PositiveIntegerField(unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


class Invoice(models.Model):
    """What was invoiced, frozen. The PDF is made from `document` alone, today and in ten years."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")
    number = models.CharField(_("number"), max_length=30, unique=True)
    document = models.JSONField(_("content"))
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.number
