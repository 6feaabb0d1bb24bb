from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from orders.models.refund import Refund


class InvoiceSeries(models.Model):
    """Counts the invoices of a year, or its credit notes. Its row is locked while a number is
    taken, and the number is committed with the money or not at all: no gap, no number twice."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoices")
        CREDIT_NOTE = "credit-note", _("Credit notes")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INVOICE)
    year = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="orders_series_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last_number}"


class Paper(models.Model):
    """What was said to a shopper and the tax office, frozen. Its file is made of `document` alone,
    once, and from then on is the one of `sha256`: see orders/papers.py."""

    number = models.CharField(_("number"), max_length=30, unique=True)
    document = models.JSONField(_("content"))
    issued_at = models.DateTimeField(_("issued"), db_index=True)
    # Where it lies in the private storage, which no address leads to. Empty until it is made.
    file_name = models.CharField(_("file"), max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("hash of the file"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Invoice(Paper):
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_at", "-pk"]


class CreditNote(Paper):
    """What of an invoice was taken back by a refund.

    `taxes` are the amounts by rate, as text: `rate`, `gross` and `tax`.
    """

    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, related_name="credit_note")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    taxes = models.JSONField(_("tax by rate"))

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["issued_at", "pk"]

    @property
    def reversal_or_none(self) -> "Reversal | None":
        return getattr(self, "reversal", None)


class Reversal(Paper):
    """An invoice about all of a credit note, whose money was not given after all. Its amounts and
    its tax are those of the credit note."""

    credit_note = models.OneToOneField(
        CreditNote, on_delete=models.PROTECT, related_name="reversal"
    )

    class Meta:
        verbose_name = _("reversal of a credit note")
        verbose_name_plural = _("reversals of credit notes")
        ordering = ["issued_at", "pk"]


PAPERS: tuple[type[Paper], ...] = (Invoice, CreditNote, Reversal)
