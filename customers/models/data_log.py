from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DataLogEntry(models.Model):
    """That what is kept about somebody was taken along or erased: by whom, when and how much.

    Whose it was is a keyed digest alone. It answers whether an address was asked about, to who
    knows the address, and cannot be turned back.
    """

    class Kind(models.TextChoices):
        EXPORTED = "exported", _("Taken along")
        ERASED = "erased", _("Erased")

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    digest = models.CharField(_("digest of the address"), max_length=64, db_index=True)
    orders = models.PositiveIntegerField(_("orders"))
    records = models.PositiveIntegerField(_("records in all"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("entry of the log of customer data")
        verbose_name_plural = _("log of customer data")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [
            ("handle_customer_data", _("Can see, take along and erase what is kept of a customer"))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.digest[:12]}"
