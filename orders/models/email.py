from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from shopsite.cms.models import OutboxEmail


class OutgoingEmail(OutboxEmail):
    """A mail of one kind for one order, and for one of the things it is about."""

    class Kind(models.TextChoices):
        CONFIRMATION = "order_confirmation", _("Confirmation with invoice")
        STAFF_NEW_ORDER = "staff_new_order", _("Notice to the staff")
        SHIPPED = "order_shipped", _("Parcel is on its way")
        REFUNDED = "order_refunded", _("Money given back")
        CANCELED = "order_canceled", _("Order canceled")
        STAFF_ATTENTION = "staff_attention", _("Needs attention, to the staff")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    # Which of several things of the order it tells about, such as one of its parcels.
    about = models.CharField(max_length=40, blank=True, default="")

    class Meta(OutboxEmail.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "about"], name="orders_email_once_per_kind"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="orders_email_due"),
            models.Index(
                fields=["order"], condition=models.Q(state="failed"), name="orders_email_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.order_id})"
