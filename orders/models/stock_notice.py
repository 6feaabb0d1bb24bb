from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models import ProductVariant
from shopsite.cms.models import OutboxEmail


class StockNotice(OutboxEmail):
    """A mail to the staff about what there is little left of. `lines` are its sku, name and left,
    as they were when it was written."""

    class Kind(models.TextChoices):
        LOW_STOCK = "staff_low_stock", _("Low stock, to the staff")

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices, default=Kind.LOW_STOCK)
    lines = models.JSONField(default=list)

    class Meta(OutboxEmail.Meta):
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="orders_stock_notice_due")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class LowVariant(models.Model):
    """A variant that the staff was told of, until there is plenty of it again."""

    variant = models.OneToOneField(ProductVariant, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(StockNotice, on_delete=models.CASCADE, related_name="variants")

    def __str__(self) -> str:
        return str(self.variant)
