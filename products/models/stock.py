"""How many there are. Changed only by products.stock and products.order_stock, which leave a
movement for every change."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from products.models.catalog import ProductVariant


class StockRecord(models.Model):
    """`on_hand` stands on the shelf; `allocated` of it is promised to orders not yet shipped."""

    variant = models.OneToOneField(
        ProductVariant, verbose_name=_("variant"), on_delete=models.CASCADE, related_name="stock"
    )
    on_hand = models.IntegerField(
        _("on hand"),
        default=0,
        validators=[MinValueValidator(0, _("There cannot be less than nothing on the shelf."))],
    )
    allocated = models.IntegerField(_("allocated"), default=0)

    class Meta:
        verbose_name = _("stock record")
        verbose_name_plural = _("stock records")
        constraints = [
            models.CheckConstraint(
                condition=Q(on_hand__gte=0), name="products_stock_on_hand_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(allocated__gte=0), name="products_stock_allocated_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(allocated__lte=F("on_hand")), name="products_stock_never_oversold"
            ),
        ]

    def __str__(self) -> str:
        return str(self.variant)

    @property
    def available(self) -> int:
        return self.on_hand - self.allocated


class StockMovement(models.Model):
    """One line of the log: what changed, by how much, why and by whom. Never edited."""

    class Reason(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        COUNTED = "counted", _("Counted")
        RECEIVED = "received", _("Goods received")
        DAMAGED = "damaged", _("Damaged or lost")
        CORRECTED = "corrected", _("Correction")
        ALLOCATED = "allocated", _("Promised to an order")
        RELEASED = "released", _("Released by an order")
        SHIPPED = "shipped", _("Shipped")
        RETURNED = "returned", _("Returned by a customer")

    record = models.ForeignKey(StockRecord, on_delete=models.CASCADE, related_name="movements")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    on_hand_change = models.IntegerField(_("change on hand"), default=0)
    allocated_change = models.IntegerField(_("change of allocated"), default=0)
    reference = models.CharField(
        _("reference"), max_length=60, blank=True, help_text=_("The number of the order, if any.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-created_at", "-pk"]

    # Each line of an order writes one, and Wagtail would tell the broker of each.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.on_hand_change:+d}"
